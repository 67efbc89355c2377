import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll } from 'vitest'
import { closeClients } from '#db/client.ts'
import { appDatabaseUrl, workerDatabaseUrl } from '#db/config.ts'
import { connectAsOwner } from '#db/migrate.ts'
import { TEMPLATE } from './server.ts'

export type TestDatabase = {
  /** As the owner: sees everything, for arranging and for checking what is really there. */
  owner: postgres.Sql
  /** As the application's login role, with no actor set: for tests of the policies. */
  app: postgres.Sql
  ownerUrl: string
  appUrl: string
  /** As the worker's login role. */
  workerUrl: string
}

/**
 * A database of this test file's own, cloned from the migrated template; `asActor` works on it at once.
 * Call it once at the top of a `*.db.test.ts` file: `const database = await createTestDatabase()`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = required('PERMANENCE_TEST_URL')
  const name = `test_${randomBytes(6).toString('hex')}`
  const server = connectAsOwner(serverUrl)
  // A template must not be read by two at once.
  await alone(
    server,
    () => server`create database ${server(name)} template ${server(TEMPLATE)} strategy file_copy`,
  )

  const ownerUrl = withDatabase(serverUrl, name)
  // the login role belongs to the server, so the template's serves every clone
  const appUrl = withDatabase(
    appDatabaseUrl(withDatabase(serverUrl, TEMPLATE), required('PERMANENCE_TEST_SECRET')),
    name,
  )
  const workerUrl = withDatabase(
    workerDatabaseUrl(withDatabase(serverUrl, TEMPLATE), required('PERMANENCE_TEST_SECRET')),
    name,
  )
  process.env.PERMANENCE_OWNER_URL = ownerUrl
  process.env.PERMANENCE_WORKER_URL = workerUrl
  process.env.PERMANENCE_APP_URL = appUrl
  const owner = postgres(ownerUrl, { max: 4, onnotice: () => {} })
  const app = postgres(appUrl, { max: 4, onnotice: () => {} })

  afterAll(async () => {
    await Promise.all([closeClients(), owner.end({ timeout: 5 }), app.end({ timeout: 5 })])
    await alone(server, () => server`drop database if exists ${server(name)} with (force)`)
    await server.end({ timeout: 5 })
  })
  return { owner, app, ownerUrl, appUrl, workerUrl }
}

/**
 * While nobody makes or drops a database on the server that all share: for what would make that fail, as a disk on which
 * PostgreSQL cannot write what it remembers.
 */
export async function aloneOnServer(work: () => Promise<unknown>): Promise<void> {
  const server = connectAsOwner(required('PERMANENCE_TEST_URL'))
  try {
    await alone(server, work)
  } finally {
    await server.end({ timeout: 5 })
  }
}

async function alone(server: postgres.Sql, work: () => Promise<unknown>): Promise<void> {
  await server`select pg_advisory_lock(1)`
  try {
    await work()
  } finally {
    await server`select pg_advisory_unlock(1)`
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: database tests run with npm test, or vitest --project db`)
  return value
}
