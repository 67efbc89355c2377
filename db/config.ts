import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { addressOf, parseAddress, writeAddress } from './address.ts'
import { readSecretFiles } from './secret-files.ts'

/** Something the person at the keyboard can set right: shown as one sentence, without a stack. */
export class Misconfigured extends Error {}

export type Config = {
  dataDir: string
  /** Signs sessions, and gives the application's database role its password. */
  secret: string
  database: { kind: 'external'; ownerUrl: string } | { kind: 'embedded'; directory: string }
}

/** Role that owns nothing and that every policy names. Nobody signs in as it: the login role is a member of it. */
export const GROUP_ROLE = 'permanence_app'
/** Role that takes jobs from their queue and reads what proves the journal, and can do nothing else; nobody signs in as it either. */
export const WORKER_ROLE = 'permanence_worker'
export const EMBEDDED_DATABASE = 'permanence'
export const EMBEDDED_SUPERUSER = 'permanence_owner'

/** Where the data is and who may read it. Reads secrets from the files that are named, makes the data directory and the secret at the first call. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const unread = readSecretFiles(env)
  if (unread) throw new Misconfigured(unread)
  const dataDir = resolve(env.PERMANENCE_DATA_DIR || '.data')
  // Logs go there too, whoever keeps the secret and the database.
  makeDataDir(dataDir)
  return {
    dataDir,
    secret: env.AUTH_SECRET || keptSecret(dataDir, 'secret'),
    database: env.DATABASE_URL
      ? { kind: 'external', ownerUrl: postgresUrl('DATABASE_URL', env.DATABASE_URL) }
      : { kind: 'embedded', directory: join(dataDir, 'postgres') },
  }
}

/** What the web and worker processes find in their environment. The embedded server must have been started once. */
export function databaseEnvironment(config: Config) {
  const ownerUrl = ownerDatabaseUrl(config)
  return {
    PERMANENCE_OWNER_URL: ownerUrl,
    PERMANENCE_APP_URL: givenAppUrl() ?? appDatabaseUrl(ownerUrl, config.secret),
    PERMANENCE_WORKER_URL: givenWorkerUrl() ?? workerDatabaseUrl(ownerUrl, config.secret),
  }
}

/** The application's own way to a database that is not ours; to the embedded one there is none but ours. */
export function givenAppUrl(): string | null {
  const { DATABASE_URL: owner, APP_DATABASE_URL: given } = process.env
  return owner && given ? postgresUrl('APP_DATABASE_URL', given) : null
}

/** The worker's own way to the queue of jobs, as a role of the operator's choice: to PostgreSQL itself, as it listens there. */
export function givenWorkerUrl(): string | null {
  const { DATABASE_URL: owner, WORKER_DATABASE_URL: given } = process.env
  return owner && given ? postgresUrl('WORKER_DATABASE_URL', given) : null
}

/** Where the web listens: its connection must reach PostgreSQL itself, as the owner's does. */
export function listenUrl(config: Config): string {
  const { PERMANENCE_LISTEN_URL: given } = process.env
  if (given && config.database.kind === 'external') return postgresUrl('PERMANENCE_LISTEN_URL', given)
  const { PERMANENCE_OWNER_URL, PERMANENCE_APP_URL } = databaseEnvironment(config)
  const { user, password } = addressOf(PERMANENCE_APP_URL)
  return writeAddress({ ...addressOf(PERMANENCE_OWNER_URL), user, password })
}

export function ownerDatabaseUrl(config: Config): string {
  if (config.database.kind === 'external') return config.database.ownerUrl
  return embeddedUrl(config.dataDir, EMBEDDED_DATABASE)
}

export function embeddedUrl(dataDir: string, database: string): string {
  const port = join(dataDir, 'postgres.port')
  if (!existsSync(port)) throw new Misconfigured(`No database in ${dataDir} yet: run npm start once.`)
  const password = keptSecret(dataDir, 'postgres.password')
  return `postgres://${EMBEDDED_SUPERUSER}:${password}@127.0.0.1:${readFileSync(port, 'utf8').trim()}/${database}`
}

/** Same server and database as the owner's, as the login role that can only become the application's role. */
export function appDatabaseUrl(ownerUrl: string, secret: string): string {
  const role = loginRole(ownerUrl)
  return writeAddress({ ...addressOf(ownerUrl), user: role, password: loginPassword(role, secret) })
}

/** The same for the worker's role. */
export function workerDatabaseUrl(ownerUrl: string, secret: string): string {
  const role = workerLogin(ownerUrl)
  return writeAddress({ ...addressOf(ownerUrl), user: role, password: loginPassword(role, secret) })
}

export function workerLogin(ownerUrl: string): string {
  return `${addressOf(ownerUrl).database}_worker`
}

export function loginRole(ownerUrl: string): string {
  return `${addressOf(ownerUrl).database}_login`
}

export function loginPassword(role: string, secret: string): string {
  return createHmac('sha256', secret).update(role).digest('hex')
}

/** Hosts, ports and database, never the password: for what is printed. */
export function shownUrl(databaseUrl: string): string {
  const { hosts, database } = addressOf(databaseUrl)
  return `${hosts.map(({ host, port }) => `${host}:${port}`).join(',')}/${database}`
}

/** Read, or made once; readable by its owner alone. */
export function keptSecret(dataDir: string, name: string): string {
  makeDataDir(dataDir)
  const path = join(dataDir, name)
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(dataDir, error)
  }
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw unwritable(dataDir, error)
  }
}

// As root the server runs as another account, which must be able to walk through the directory and read nothing in it.
function makeDataDir(dataDir: string): void {
  if (existsSync(dataDir)) return
  try {
    mkdirSync(dataDir, { recursive: true })
    chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
  } catch (error) {
    throw unwritable(dataDir, error)
  }
}

function unwritable(dataDir: string, cause: unknown): Misconfigured {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause)
  return new Misconfigured(
    `The data directory ${dataDir} cannot be written (${code}): give it to this user, or choose another with PERMANENCE_DATA_DIR.`,
  )
}

const LOOPBACK = /^(127\.|::1$)/

function postgresUrl(name: string, given: string): string {
  const address = parseAddress(given)
  if (!address)
    throw new Misconfigured(
      `${name} is not understood: write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE, or with several hosts as postgres://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE.`,
    )
  const wanted = address.parameters.get('target_session_attrs')
  if (wanted && wanted !== 'primary' && wanted !== 'read-write')
    throw new Misconfigured(`${name}: target_session_attrs=${wanted} is no place to write: use primary.`)
  const mode = address.parameters.get('sslmode') ?? ''
  // postgres.js compares the certificate of a host without a name with "localhost".
  const nameless = address.hosts.find(({ host }) => isIP(host) && !LOOPBACK.test(host))
  if (mode.startsWith('verify-') && nameless)
    throw new Misconfigured(
      `${name}: sslmode=${mode} compares the certificate with a name: write the name of ${nameless.host}, as it is in its certificate.`,
    )
  return writeAddress(address)
}
