import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { afterAll, expect, test, vi } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { openConnection } from './connection.ts'

await createTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'permanence-tls-'))
const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
const made = `req -x509 -newkey ed25519 -nodes -days 1 -subj /CN=localhost -keyout ${key} -out ${cert}`
expect(spawnSync('openssl', made.split(' ')).status).toBe(0)
const own = new URL(process.env.PERMANENCE_WORKER_URL as string)

/** The server of the tests, over TLS; `ended`: connections that have, told by one stream or the other. */
const ended = new Set<object>()
const relay = createServer((near) => {
  near.once('data', () => {
    near.write('S')
    const open = new TLSSocket(near, { isServer: true, key: readFileSync(key), cert: readFileSync(cert) })
    const far = connect(Number(own.port), own.hostname)
    open.pipe(far).pipe(open)
    for (const one of [open, far]) one.on('error', () => one.destroy())
    // With nobody left to give it to, nothing would be read any more, and its end is behind what was not read.
    far.once('close', () => open.resume())
    for (const one of [open, near]) one.once('close', () => ended.add(near))
  })
})
await new Promise<void>((ready) => relay.listen(0, '127.0.0.1', ready))
afterAll(() => {
  relay.close()
  rmSync(folder, { recursive: true, force: true })
})

function over(database: string): string {
  const url = new URL(own)
  Object.assign(url, { host: `127.0.0.1:${(relay.address() as AddressInfo).port}`, pathname: `/${database}` })
  return `${url}?sslmode=require`
}

test('a server that refuses over TLS ends its connection, and nothing else of the process', async () => {
  const stray = vi.fn()
  process.on('uncaughtException', stray)
  for (let n = 0; n < 5; n++) await expect(openConnection(over('nowhere'))).rejects.toThrow()
  await expect.poll(() => ended.size).toBe(5)
  const connection = await openConnection(over(own.pathname.slice(1)))
  expect(await connection.sql`select 1 as one`).toMatchObject([{ one: 1 }])
  connection.cut()
  await expect.poll(() => ended.size).toBe(6)
  process.off('uncaughtException', stray)
  expect(stray).not.toHaveBeenCalled()
})
