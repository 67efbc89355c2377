import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { freePort } from '#db/embedded.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { takeCheckpoint } from './take.ts'
import { tellWitnesses } from './witness.ts'

const { owner } = await createTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'permanence-witness-'))
const path = join(folder, 'checkpoints')
const actor = machine('clock')
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 10, minute))

// A second address: it keeps what it is given where it says it begins.
let [kept, status, asked] = [Buffer.alloc(0), 200, 0]
const witness = createServer(async (request, response) => {
  asked++
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const known = request.headers.authorization === 'Bearer un secret'
  const from = Number(request.headers['x-checkpoints-from'])
  if (known && status === 200) kept = Buffer.concat([kept.subarray(0, from), ...parts])
  response.writeHead(known ? status : 401).end()
})
const letters: string[] = []
const mail = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo: (_to, _session, done) => done(),
  onData: (stream, _session, done) => {
    let letter = ''
    stream.on('data', (part) => {
      letter += part
    })
    stream.on('end', () => {
      letters.push(letter)
      done()
    })
  },
})
let env: Record<string, string> = {}
beforeAll(async () => {
  await new Promise<void>((up) => witness.listen(0, '127.0.0.1', up))
  const port = await freePort()
  await new Promise<void>((up) => mail.listen(port, '127.0.0.1', () => up()))
  const settings = owner.json({ host: '127.0.0.1', port, from: 'permanence@operateur.example', plain: true })
  await owner`insert into setting (key, value) values ('channel.mail', ${settings})`
  env = {
    PERMANENCE_CHECKPOINTS: path,
    PERMANENCE_WITNESS_URL: `http://127.0.0.1:${(witness.address() as AddressInfo).port}/`,
    PERMANENCE_WITNESS_TOKEN: 'un secret',
    PERMANENCE_WITNESS_MAIL: 'temoin@autorite.example',
  }
})
afterAll(async () => {
  witness.close()
  await new Promise<void>((down) => mail.close(() => down()))
  rmSync(folder, { recursive: true })
})

async function seal(minute: number): Promise<void> {
  await asActor(actor, (tx) =>
    append(tx, actor, { chain: 'cell', event: 'setting.changed', visibility: 'internal', at: at(minute) }),
  )
  await takeCheckpoint(actor, at(minute), path, join(folder, 'key'))
}
const tell = (minute: number, more: Record<string, string> = {}) =>
  tellWitnesses(actor, at(minute), new AbortController().signal, { ...env, ...more })

test('the file is carried elsewhere as it grows, whatever happens there, and by mail once a day', async () => {
  expect(await tell(0), 'nothing is sealed yet').toEqual({})
  await seal(1)
  await tell(1)
  expect(kept).toEqual(readFileSync(path))
  expect(letters).toHaveLength(1)
  expect(letters[0]).toContain('temoin@autorite.example')
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  // As quoted-printable, which folds it and writes = as =3D.
  expect(letters[0]?.replace(/=\r?\n/g, '').replaceAll('=3D', '=')).toContain(lines.at(-1))

  const before = asked
  await tell(2)
  expect(asked, 'nothing is new').toBe(before)
  await seal(3)
  status = 503
  expect((await tell(3)).failed).toEqual(new Error('the witness answered 503'))
  await seal(4)
  status = 200
  await tell(5)
  expect(kept).toEqual(readFileSync(path))
  expect(letters, 'not a day has passed').toHaveLength(1)
  await tell(5 + 24 * 60)
  expect(letters).toHaveLength(2)
})

test('what cannot be told is said, and the rest is told', async () => {
  await seal(6)
  expect((await tell(6, { PERMANENCE_WITNESS_TOKEN: 'un autre' })).failed).toEqual(
    new Error('the witness answered 401'),
  )
  const failed = (await tell(7 + 48 * 60, { PERMANENCE_TSA_URL: 'http://127.0.0.1:1/' })).failed
  expect(failed).toBeInstanceOf(Error)
  expect(kept).toEqual(readFileSync(path))
})
