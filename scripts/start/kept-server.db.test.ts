import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, expect, it } from 'vitest'
import { EMBEDDED_SUPERUSER } from '#db/config.ts'
import { postmaster } from '#db/embedded.ts'
import { KeptServer } from './database.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'permanence-kept-'))
const server = new KeptServer(dataDir, () => {})
afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const file = (name: string) => readFileSync(join(dataDir, name), 'utf8').trim()
const open = () =>
  postgres({
    host: '127.0.0.1',
    port,
    user: EMBEDDED_SUPERUSER,
    password: file('postgres.password'),
    database: 'postgres',
    max: 1,
    onnotice: () => {},
  })
await server.start()
const port = Number(file('postgres.port'))

it('a server killed while one of its processes hangs comes back where everybody looks for it', async () => {
  const sql = open()
  const [hung] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  process.kill(hung?.pid ?? 0, 'SIGSTOP')
  process.kill(postmaster(join(dataDir, 'postgres')) ?? 0, 'SIGKILL')
  // Its memory is still held: several starts fail.
  while ((file('postgres.log').match(/shared memory block/g) ?? []).length < 4) await wait(50)
  process.kill(hung?.pid ?? 0, 'SIGCONT')
  await sql.end({ timeout: 0 })
  for (;;) {
    const again = open()
    const found = await again`select 1 as one`.catch(() => null)
    await again.end({ timeout: 0 })
    if (found) break
    await wait(50)
  }
  expect(Number(file('postgres.port'))).toBe(port)
})
