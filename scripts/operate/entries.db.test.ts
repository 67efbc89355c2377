import { spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf } from '#db/address.ts'
import { openConnection } from '#db/connection.ts'
import { connectAsOwner } from '#db/migrate.ts'
import { startDebianServer } from '../testing/debian-server.ts'

const server = spawnSync('which', ['openssl']).status === 0 ? await startDebianServer() : null
const folder = mkdtempSync(join(tmpdir(), 'permanence-entries-'))
const ca = join(folder, 'ca.pem')
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true })
})

/** The entries of the example, for this machine's own network. */
const ENTRIES = (
  /\n {2}pg_hba:\n((?: {4}.*\n)+)/.exec(readFileSync('scripts/operate/patroni/patroni.yml', 'utf8'))?.[1] ??
  ''
)
  .split('\n')
  .map((line) => /^ {4}- (.*)$/.exec(line)?.[1] ?? '')
  .filter(Boolean)
  .map((line) => line.replace('10.0.0.0/16', '127.0.0.0/8'))

const [HOST, PORT] = [
  addressOf(server?.url ?? 'postgres://x/x').hosts[0]?.host,
  server?.url.match(/:(\d+)\//)?.[1],
]
const at = (role: string, database: string, query: string, host = HOST) =>
  `postgres://${role}:word@${host}:${PORT}/${database}${query}`

/** A server whose certificate a house of its own signed, with the roles of the papers and the entries of the example. */
async function asInTheExample(url: string): Promise<void> {
  const chief = connectAsOwner(url)
  for (const [role, rights] of Object.entries({
    permanence_owner: 'createrole createdb',
    postgres: 'superuser',
    replicator: 'replication',
    rewinder: '',
    somebody: '',
  }))
    await chief.unsafe(`create role ${role} login password 'word' ${rights}`)
  const owner = connectAsOwner(at('permanence_owner', 'postgres', ''))
  await owner.unsafe('create database permanence')
  await owner.unsafe('create database permanence_before')
  await owner.unsafe('create database permanence_rehearsal_0a1b2c')
  for (const [group, login] of [
    ['permanence_app', 'permanence_login'],
    ['permanence_app', 'permanence_rehearsal_0a1b2c_login'],
    ['permanence_worker', 'permanence_rehearsal_0a1b2c_worker'],
  ] as const) {
    await owner.unsafe(`do $$ begin create role ${group}; exception when duplicate_object then null; end $$`)
    await owner.unsafe(`create role ${login} login password 'word' in role ${group}`)
  }
  await owner.end()
  const [{ file } = { file: '' }] = await chief<
    { file: string }[]
  >`select current_setting('hba_file') as file`
  const data = file.replace(/\/[^/]*$/, '')
  certify(data)
  writeFileSync(file, `${ENTRIES.join('\n')}\n`)
  await chief.unsafe('alter system set ssl to on')
  await chief`select pg_reload_conf()`
  // It reads them a moment later; from then on nobody comes without TLS.
  for (let again = 0; again < 100 && (await enters(url)); again++) await setTimeout(100)
  const faults = await chief`select line_number, error from pg_hba_file_rules where error is not null`
  expect([...faults]).toEqual([])
  await chief.end()
}

function certify(data: string): void {
  const openssl = (...args: string[]) => expect(spawnSync('openssl', args, { cwd: folder }).status).toBe(0)
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost\n')
  const key = ['-newkey', 'rsa:2048', '-nodes']
  openssl('req', '-x509', ...key, '-days', '2', '-subj', '/CN=House', '-keyout', 'ca.key', '-out', 'ca.pem')
  openssl('req', ...key, '-subj', '/CN=host', '-keyout', 'host.key', '-out', 'host.csr')
  openssl(
    ...['x509', '-req', '-in', 'host.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-days', '2', '-extfile', 'names', '-out', 'host.pem'],
  )
  const { uid, gid } = statSync(data)
  for (const [from, to] of [
    ['host.pem', 'server.crt'],
    ['host.key', 'server.key'],
  ] as const) {
    writeFileSync(join(data, to), readFileSync(join(folder, from)), { mode: 0o600 })
    if (process.getuid?.() === 0) chownSync(join(data, to), uid, gid)
  }
}

async function enters(url: string, replication = false): Promise<boolean> {
  const sql = postgres(url, {
    max: 1,
    fetch_types: false,
    onnotice: () => {},
    ...(replication && { connection: { replication: 'true' } }),
  })
  try {
    await sql.unsafe(replication ? 'IDENTIFY_SYSTEM' : 'select 1').simple()
    return true
  } catch (error) {
    expect((error as { code?: string }).code).toBe('28000')
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** A program of ours as the operator starts it: the certificates that Node believes are known when it begins. */
async function runs(
  url: string,
  args: string[],
  certificates = ca,
): Promise<{ code: number | null; told: string }> {
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      DATABASE_URL: url,
      AUTH_SECRET: 'of the entries',
      NODE_EXTRA_CA_CERTS: certificates,
      PERMANENCE_DATA_DIR: join(folder, 'data'),
      PGSSLROOTCERT: '',
      HOME: folder,
    },
  })
  let told = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (told += chunk))
  return { code: await new Promise((resolve) => child.on('close', resolve)), told }
}

// Where no PostgreSQL is installed nobody can say whom it lets in.
describe.skipIf(!server)('the entries of patroni.yml', () => {
  beforeAll(() => asInTheExample(server?.url ?? ''))

  const [yes, no] = [true, false]
  test.each([
    ['permanence_owner', 'permanence', yes],
    ['permanence_owner', 'postgres', yes],
    ['permanence_owner', 'permanence_before', yes],
    ['permanence_owner', 'permanence_rehearsal_0a1b2c', yes],
    ['permanence_login', 'permanence', yes],
    ['permanence_login', 'permanence_before', yes],
    ['permanence_worker', 'permanence', yes],
    ['permanence_rehearsal_0a1b2c_login', 'permanence_rehearsal_0a1b2c', yes],
    ['permanence_rehearsal_0a1b2c_worker', 'permanence_rehearsal_0a1b2c', yes],
    ['rewinder', 'postgres', yes],
    ['rewinder', 'permanence', no],
    ['replicator', 'replication', yes],
    ['replicator', 'permanence', no],
    ['postgres', 'permanence', no],
    ['postgres', 'replication', no],
    ['somebody', 'permanence', no],
  ])('%s at %s: %s, and never without TLS', async (role, database, entered) => {
    if (role === 'permanence_worker') {
      const owner = connectAsOwner(at('permanence_owner', 'postgres', '?sslmode=require'))
      await owner.unsafe(`alter role permanence_worker login password 'word'`)
      await owner.end()
    }
    const replication = database === 'replication'
    const to = replication ? 'postgres' : database
    expect(await enters(at(role, to, '?sslmode=require'), replication)).toBe(entered)
    expect(await enters(at(role, to, ''), replication)).toBe(false)
  })

  // An error that nobody hears ends a process: here it fails the run.
  test.each(['cut at rest', 'cut at work', 'ended there'])(
    'a connection by TLS that is %s takes nothing with it',
    async (how) => {
      const url = at('permanence_owner', 'permanence', '?sslmode=require')
      const [one, other] = [await openConnection(url), await openConnection(url)]
      const [said] = await one.sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`
      expect(said?.ssl).toBe(true)
      const [{ pid } = { pid: 0 }] = await one.sql<{ pid: number }[]>`select pg_backend_pid() as pid`
      const waits = one.sql`select pg_sleep(${how === 'cut at rest' ? 0 : 20})`.then(
        () => 'done',
        (error: Error) => error.constructor.name,
      )
      await setTimeout(100)
      if (how === 'ended there') await other.sql`select pg_terminate_backend(${pid})`
      else one.cut()
      expect(await waits).toMatch(how === 'cut at rest' ? /^done$/ : /^(CutConnection|PostgresError)$/)
      await setTimeout(300)
      expect(one.isLost()).toBe(true)
      expect([...(await other.sql`select 1 as here`)]).toEqual([{ here: 1 }])
      await other.end()
      await setTimeout(100)
    },
  )

  test.each([
    ['a certificate that nobody known signed', '', 'verify-full', /self-signed|unable to verify/],
    ['the same, with none who asks', '', 'require', /^1$/],
    ['one that Node was told to believe', ca, 'verify-full', /^1$/],
  ])('%s', async (_, certificates, mode, words) => {
    const url = at('permanence_owner', 'permanence', `?sslmode=${mode}`, 'localhost')
    const program = `import { openConnection } from '#db/connection.ts'
      try {
        const opened = await openConnection(${JSON.stringify(url)})
        console.log((await opened.sql\`select 1 as n\`)[0].n)
        await opened.end()
      } catch (error) {
        console.log(error.message)
      }`
    const args = ['--import', './scripts/first.mjs', '--input-type=module', '-e', program]
    expect((await runs(url, args, certificates)).told.trim()).toMatch(words)
  })

  test('do for all that the papers have an owner run, with the address and the certificates they name', async () => {
    const url = at(
      'permanence_owner',
      'permanence',
      '?sslmode=verify-full&target_session_attrs=primary',
      'localhost',
    )
    const file = join(folder, 'before.dump')
    const operate = (...args: string[]) => runs(url, ['scripts/operate.mjs', ...args])
    expect(await runs(url, ['--import', './scripts/first.mjs', 'scripts/start/prepare.ts'])).toMatchObject({
      code: 0,
    })
    expect(await operate('rehearse')).toMatchObject({
      code: 0,
      told: expect.stringMatching(
        /no file of checkpoints at .*; compared with no checkpoints: .*The backup was rehearsed/s,
      ),
    })
    expect(await operate('backup', file)).toMatchObject({ code: 0 })
    expect(await operate('restore', file, '--database', 'permanence_before')).toMatchObject({
      code: 0,
      told: expect.stringContaining('Restored and proved'),
    })
  }, 240_000)
})
