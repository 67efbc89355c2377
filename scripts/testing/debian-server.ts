import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '#db/embedded.ts'
import { connectAsOwner } from '#db/migrate.ts'
import { chooseRunner, execute } from '#db/runner.ts'
import { toolsOf } from '../operate/tools.ts'

/**
 * A throw-away server of the PostgreSQL that is installed here, with its pg_dump and pg_restore (the embedded one comes without):
 * the oldest version of them all. Null where there is none.
 */
export async function startDebianServer(): Promise<{ url: string; stop: () => Promise<void> } | null> {
  const [initdb] = toolsOf('initdb')
  const [postgres] = toolsOf('postgres')
  if (!initdb || !postgres || toolsOf('pg_dump').length === 0) return null
  const folder = mkdtempSync(join(tmpdir(), `permanence-test-${process.pid}-`))
  chmodSync(folder, 0o711)
  const data = join(folder, 'postgres')
  const runner = chooseRunner(data)
  const word = join(folder, 'word')
  writeFileSync(word, 'word', { mode: 0o600 })
  mkdirSync(data, { mode: 0o700 })
  if (runner.uid !== undefined && runner.gid !== undefined)
    for (const path of [data, word]) chownSync(path, runner.uid, runner.gid)
  const made = execute(runner, initdb.path, [
    '-D',
    data,
    '-U',
    'chief',
    `--pwfile=${word}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-N',
  ])
  if ((await new Promise((resolve) => made.on('close', resolve))) !== 0)
    throw new Error('initdb did not end well')
  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=60',
  ]
  const server = execute(runner, postgres.path, [
    '-D',
    data,
    '-p',
    String(port),
    ...settings.flatMap((one) => ['-c', one]),
  ])
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const url = `postgres://chief:word@127.0.0.1:${port}/postgres`
  while (!(await answers(url)) && server.exitCode === null) await wait(100)
  return {
    url,
    async stop() {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const sql = connectAsOwner(url)
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}
