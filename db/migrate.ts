import { existsSync, readFileSync } from 'node:fs'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations as installQueue } from 'graphile-worker'
import postgres from 'postgres'
import { addressOf, onHost, writeAddress } from './address.ts'
import {
  GROUP_ROLE,
  givenAppUrl,
  givenWorkerUrl,
  loginPassword,
  loginRole,
  Misconfigured,
  shownUrl,
  WORKER_ROLE,
  workerLogin,
} from './config.ts'
import { openConnection } from './connection.ts'
import { LIMITS, type Limits } from './limits.ts'
import list from './migrations/meta/_journal.json' with { type: 'json' }
import { refusal, said, schemaState, standing } from './standing.ts'
import { oldestServed } from './two-steps.ts'
import { letWorkerWork } from './worker-role.ts'

// Any constant will do, as long as every migrator asks for the same one.
const ONE_MIGRATOR = 4_112_018_015
const FOLDER = new URL('./migrations', import.meta.url).pathname

/** Brings a database to the present: roles, tables, job queue, reference data. Doing it twice changes nothing. */
export async function migrate(
  ownerUrl: string,
  secret: string,
  say: (line: string) => void = () => {},
): Promise<void> {
  const primary = await reachable(ownerUrl)
  const sql = connectAsOwner(primary)
  try {
    await sql`select pg_advisory_lock(${ONE_MIGRATOR})`
    const state = await schemaState(sql)
    const is = standing(state)
    if (is === 'newer') throw new Misconfigured(refusal(shownUrl(ownerUrl), state))
    await makeRoles(sql, ownerUrl, secret)
    if (is === 'served')
      return say('A newer version has changed this database and still serves this one: it is left as it is')
    await applyMigrations(primary)
    await saySchema(sql)
    await installQueue({ connectionString: primary, logger: undefined })
    await letWorkerWork(sql)
    await loadReference(primary, say)
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

/** The address on the host that is primary, once it is known to be one this can work with. */
async function reachable(ownerUrl: string): Promise<string> {
  const where = shownUrl(ownerUrl)
  const owner = await openConnection(ownerUrl, { name: 'permanence migration' }).catch((error: Error) => {
    const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException
    const why = typeof code === 'string' && /^E[A-Z]+$|TIMEOUT/.test(code) ? code : message
    throw new Misconfigured(`The database at ${where} cannot be reached (${why}).`)
  })
  try {
    if (owner.pooled)
      throw new Misconfigured(
        `DATABASE_URL goes through a connection pooler (${where}): give the address of PostgreSQL itself there, and the pooler's in APP_DATABASE_URL.`,
      )
    const [row] = await owner.sql`select current_setting('server_version_num')::int as version`
    if (row?.version < 150_000) throw new Misconfigured(`PostgreSQL 15 or newer is needed at ${where}.`)
    return writeAddress(onHost(addressOf(ownerUrl), owner.host))
  } finally {
    await owner.end()
  }
}

/** Whether the ways of web and worker to the database work: a wrong one is said at the start, in a sentence. */
export async function proveWays(appUrl: string, listenUrl: string, workerUrl: string): Promise<void> {
  await proveWay(appUrl, 'APP_DATABASE_URL', 'The application cannot reach its database')
  await proveWay(listenUrl, 'PERMANENCE_LISTEN_URL', 'Nothing can be heard from the database', 'nothing')
  await proveWay(workerUrl, 'WORKER_DATABASE_URL', 'The worker cannot reach its queue of jobs', 'no job')
}

/** `unheard`: what a pooler in between would keep from whoever listens by this way. */
async function proveWay(url: string, setting: string, cannot: string, unheard?: string): Promise<void> {
  const way = await openConnection(url).catch((error: Error) => {
    throw new Misconfigured(`${cannot} (${error.message}): see ${setting}.`)
  })
  await way.end()
  if (unheard && way.pooled)
    throw new Misconfigured(
      `${setting} goes through a connection pooler, where ${unheard} is heard: give the address of PostgreSQL itself.`,
    )
}

async function makeRoles(sql: postgres.Sql, ownerUrl: string, secret: string): Promise<void> {
  const app = await makeLogin(sql, GROUP_ROLE, givenAppUrl(), loginRole(ownerUrl), secret)
  await limitRole(sql, app, LIMITS.pages)
  const worker = await makeLogin(sql, WORKER_ROLE, givenWorkerUrl(), workerLogin(ownerUrl), secret)
  await limitRole(sql, worker, LIMITS.jobs)
}

/** A role to sign in as, member of the one that may: ours, or the one that was given. */
async function makeLogin(
  sql: postgres.Sql,
  group: string,
  given: string | null,
  ours: string,
  secret: string,
): Promise<string> {
  await makeRole(sql, group, 'nologin')
  const login = given ? addressOf(given).user : ours
  const password = given ? addressOf(given).password : loginPassword(login, secret)
  const [known] = await sql`select 1 from pg_roles where rolname = ${login}`
  await makeRole(sql, login, 'login')
  // A role that was there keeps the password its owner gave it.
  if (!known || !given) await sql.unsafe(`alter role ${quoted(login)} login password ${literal(password)}`)
  const [member] = await sql`select pg_has_role(${login}, ${group}, 'member') as yes`
  if (!member?.yes) await sql.unsafe(`grant ${quoted(group)} to ${quoted(login)}`)
  return login
}

// Every transaction sets its own (db/transaction.ts); these hold for the few statements outside of any.
async function limitRole(sql: postgres.Sql, login: string, { statement, lock, idle }: Limits): Promise<void> {
  const wanted = {
    statement_timeout: statement,
    lock_timeout: lock,
    idle_in_transaction_session_timeout: idle,
    // The server's words about a refused value quote it: what this role does wrong is said by web and worker, without it.
    log_min_messages: 'log',
  }
  const [role] = await sql<{ settings: string[] | null }[]>`
    select (select setconfig from pg_db_role_setting where setrole = r.oid and setdatabase = 0) as settings
    from pg_roles r where rolname = ${login}`
  for (const [name, value] of Object.entries(wanted)) {
    if (role?.settings?.includes(`${name}=${value}`)) continue
    await sql.unsafe(`alter role ${quoted(login)} set ${name} = ${value}`).catch((error) => {
      // Not ours to change: its owner has decided.
      if (error.code !== '42501') throw error
    })
  }
}

export async function makeRole(sql: postgres.Sql, name: string, kind: 'login' | 'nologin'): Promise<void> {
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
        `The user of DATABASE_URL may not create the role ${name}: grant it CREATEROLE, or make the role and set APP_DATABASE_URL and WORKER_DATABASE_URL.`,
      )
    throw error
  }
}

/** Whoever waits for a lock stands in front of all who come after: less long than a page waits, then all is tried again. */
const LOCK_MS = Math.round(LIMITS.pages.lock * 0.75)
const [ATTEMPTS, PAUSE_MS] = [30, 1_000]

/** All that are still to come, in one transaction: all of them or none. */
export async function applyMigrations(
  ownerUrl: string,
  { folder = FOLDER, attempts = ATTEMPTS, pauseMs = PAUSE_MS } = {},
): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connection: { lock_timeout: LOCK_MS } })
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await runDrizzle(drizzle(sql), { migrationsFolder: folder })
      } catch (error) {
        if (!isLocked(error)) throw error
        if (attempt >= attempts) throw new Misconfigured(await inUse(sql, shownUrl(ownerUrl)))
        await new Promise((rested) => setTimeout(rested, pauseMs))
      }
    }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Beside the schema, where an older version that comes upon it looks. */
async function saySchema(sql: postgres.Sql): Promise<void> {
  const migrations = list.entries.map((one) => ({
    ...one,
    text: readFileSync(`${FOLDER}/${one.tag}.sql`, 'utf8'),
  }))
  const serves = oldestServed(migrations)?.when ?? 0
  await sql.unsafe(`comment on schema app is ${literal(JSON.stringify(said(serves)))}`)
}

function isLocked(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (['55P03', '40P01'].includes((cause as postgres.PostgresError).code)) return true
  return false
}

async function inUse(sql: postgres.Sql, where: string): Promise<string> {
  const [oldest] = await sql<{ pid: number; name: string; since: string }[]>`
    select pid, application_name as name, to_char(xact_start at time zone 'UTC', 'HH24:MI:SS') as since
    from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      and xact_start is not null order by xact_start limit 1`
  const who = oldest
    ? ` (the oldest transaction began at ${oldest.since} UTC: process ${oldest.pid}, ${oldest.name})`
    : ''
  return `The tables at ${where} are in use and could not be changed${who}: nothing was changed; start again when they are free.`
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

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
