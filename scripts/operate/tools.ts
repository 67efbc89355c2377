import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf } from '#db/address.ts'
import { Misconfigured } from '#db/config.ts'
import { primaryUrl } from '#db/connection.ts'

export type Tool = 'pg_dump' | 'pg_restore' | 'initdb' | 'postgres' | 'pgbench'

/** Debian keeps each version beside the others; what stands in the PATH may be any of them. */
const DEBIAN = '/usr/lib/postgresql'

/** Every version of this program that is here, the oldest first. */
export function toolsOf(name: Tool): { version: number; path: string }[] {
  const beside = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).map((version) => ({
        version: Number(version),
        path: join(DEBIAN, version, 'bin', name),
      }))
    : []
  return [...beside.filter(({ path }) => existsSync(path)), { version: versionInPath(name), path: name }]
    .filter(({ version }) => version > 0)
    .sort((a, b) => a.version - b.version)
}

/**
 * The oldest that is at least of this version: an older client does not read a newer server, a newer one may say to an older
 * server what it does not know yet.
 */
export function neededTool(name: Tool, atLeast: number): string {
  const found = toolsOf(name).find(({ version }) => version >= atLeast)
  if (found) return found.path
  throw new Misconfigured(
    `${name} of PostgreSQL ${atLeast} or newer is needed and not here: install the client of that version (Debian: postgresql-client-${atLeast}, from PostgreSQL's own packages if yours are older).`,
  )
}

function versionInPath(name: Tool): number {
  const told = spawnSync(name, ['--version'], { encoding: 'utf8' })
  return told.status === 0 ? Number(/\) (\d+)/.exec(told.stdout)?.[1] ?? 0) : 0
}

/** Runs it on this database, on the host that is primary now; the password is in no list of processes. Gives what it wrote. */
export async function runTool(path: string, args: string[], url: string): Promise<string> {
  const { user, password, hosts, database, parameters } = addressOf(await primaryUrl(url))
  const [{ host, port } = { host: '', port: 0 }] = hosts
  const env = {
    ...process.env,
    LC_ALL: 'C',
    PGPASSWORD: password,
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    ...(parameters.get('sslmode') ? { PGSSLMODE: parameters.get('sslmode') ?? '' } : {}),
    // The tools look for authorities in a file of their own: without it they would not believe whom Node believes.
    ...(!process.env.PGSSLROOTCERT &&
      process.env.NODE_EXTRA_CA_CERTS && { PGSSLROOTCERT: process.env.NODE_EXTRA_CA_CERTS }),
  }
  const child = spawn(path, [...args, `--dbname=${database}`], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [written, complaint] = ['', '']
  child.stdout.on('data', (chunk) => {
    written += chunk
  })
  child.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject))
  if (code !== 0) throw new Misconfigured(firstComplaint(complaint) || `${path} ended with code ${code}.`)
  return written
}

/** What a tool says first is why; what follows are its consequences. A line may quote data: only its words of error are kept. */
function firstComplaint(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => /error:|ERROR:|FATAL:/.test(line))
      ?.slice(0, 400) ??
    text.trim().split('\n')[0] ??
    ''
  )
}
