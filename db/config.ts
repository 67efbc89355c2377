import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

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
export const EMBEDDED_DATABASE = 'permanence'
export const EMBEDDED_SUPERUSER = 'permanence_owner'

/** Where the data is and who may read it. Makes the data directory and the secret at the first call. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const dataDir = resolve(env.PERMANENCE_DATA_DIR || '.data')
  return {
    dataDir,
    secret: env.AUTH_SECRET || keptSecret(dataDir, 'secret'),
    database: env.DATABASE_URL
      ? { kind: 'external', ownerUrl: postgresUrl(env.DATABASE_URL) }
      : { kind: 'embedded', directory: join(dataDir, 'postgres') },
  }
}

/** What the web and worker processes find in their environment. The embedded server must have been started once. */
export function databaseEnvironment(config: Config) {
  const ownerUrl = ownerDatabaseUrl(config)
  return {
    PERMANENCE_OWNER_URL: ownerUrl,
    PERMANENCE_APP_URL: process.env.APP_DATABASE_URL || appDatabaseUrl(ownerUrl, config.secret),
  }
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
  const url = new URL(ownerUrl)
  const role = loginRole(ownerUrl)
  url.username = encodeURIComponent(role)
  url.password = loginPassword(role, secret)
  return url.href
}

export function loginRole(ownerUrl: string): string {
  return `${decodeURIComponent(new URL(ownerUrl).pathname.slice(1))}_login`
}

export function loginPassword(role: string, secret: string): string {
  return createHmac('sha256', secret).update(role).digest('hex')
}

/** Host, port and database, never the password: for what is printed. */
export function shownUrl(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl)
  return `${hostname || 'localhost'}:${port || 5432}${pathname}`
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

function postgresUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2)
    throw new Misconfigured(
      'DATABASE_URL is not understood: write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE.',
    )
  return url.href
}
