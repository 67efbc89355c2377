import { existsSync, readFileSync } from 'node:fs'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations as installQueue } from 'graphile-worker'
import postgres from 'postgres'
import { GROUP_ROLE, loginPassword, loginRole, Misconfigured, shownUrl } from './config.ts'

// Any constant will do, as long as every migrator asks for the same one.
const ONE_MIGRATOR = 4_112_018_015

/** Brings a database to the present: roles, tables, job queue, reference data. Doing it twice changes nothing. */
export async function migrate(
  ownerUrl: string,
  secret: string,
  say: (line: string) => void = () => {},
): Promise<void> {
  const sql = connectAsOwner(ownerUrl)
  try {
    await reachable(sql, ownerUrl)
    await sql`select pg_advisory_lock(${ONE_MIGRATOR})`
    await makeRoles(sql, ownerUrl, secret)
    await migrateTables(ownerUrl)
    await installQueue({ connectionString: ownerUrl, logger: undefined })
    await loadReference(ownerUrl, say)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

export function connectAsOwner(ownerUrl: string): postgres.Sql {
  return postgres(ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 })
}

/** Makes the database on its server unless it is there; on a server of our own only. */
export async function makeDatabase(serverUrl: string, name: string): Promise<void> {
  const sql = connectAsOwner(serverUrl)
  try {
    const [known] = await sql`select 1 from pg_database where datname = ${name}`
    if (!known) await sql`create database ${sql(name)}`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** For a database of ours that nobody has used. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const sql = connectAsOwner(serverUrl)
  try {
    await sql`drop database if exists ${sql(name)} with (force)`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function reachable(sql: postgres.Sql, ownerUrl: string): Promise<void> {
  try {
    const [row] = await sql`select current_setting('server_version_num')::int as version`
    if (row?.version < 150_000)
      throw new Misconfigured(`PostgreSQL 15 or newer is needed at ${shownUrl(ownerUrl)}.`)
  } catch (error) {
    if (error instanceof Misconfigured) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const why = typeof code === 'string' && /^E[A-Z]+$|TIMEOUT/.test(code) ? code : message
    throw new Misconfigured(`The database at ${shownUrl(ownerUrl)} cannot be reached (${why}).`)
  }
}

async function makeRoles(sql: postgres.Sql, ownerUrl: string, secret: string): Promise<void> {
  await makeRole(sql, GROUP_ROLE, 'nologin')
  if (process.env.APP_DATABASE_URL) return
  const login = loginRole(ownerUrl)
  await makeRole(sql, login, 'login')
  const password = loginPassword(login, secret)
  await sql.unsafe(`alter role ${quoted(login)} login password '${password}'`)
  await sql.unsafe(`grant ${quoted(GROUP_ROLE)} to ${quoted(login)}`)
}

async function makeRole(sql: postgres.Sql, name: string, kind: 'login' | 'nologin'): Promise<void> {
  const [known] = await sql`select 1 from pg_roles where rolname = ${name}`
  if (known) return
  try {
    await sql.unsafe(`create role ${quoted(name)} ${kind}`)
  } catch (error) {
    const { code } = error as postgres.PostgresError
    // roles belong to the whole server: another database's migrator may have been first
    if (code === '42710' || code === '23505') return
    if (code === '42501')
      throw new Misconfigured(
        `The user of DATABASE_URL may not create the role ${name}: grant it CREATEROLE, or make the role and set APP_DATABASE_URL.`,
      )
    throw error
  }
}

async function migrateTables(ownerUrl: string): Promise<void> {
  const folder = new URL('./migrations', import.meta.url).pathname
  const journal = `${folder}/meta/_journal.json`
  if (!existsSync(journal) || JSON.parse(readFileSync(journal, 'utf8')).entries.length === 0) return
  const sql = connectAsOwner(ownerUrl)
  try {
    await runDrizzle(drizzle(sql), { migrationsFolder: folder })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function loadReference(ownerUrl: string, say: (line: string) => void): Promise<void> {
  const loader = new URL('./reference/load.ts', import.meta.url)
  if (!existsSync(loader)) return
  const sql = connectAsOwner(ownerUrl)
  try {
    say('Reference data')
    await (await import(loader.href)).loadReference(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
