import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Logger } from 'graphile-worker'
import { afterAll, expect, test } from 'vitest'
import { addressOf } from '#db/address.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { keepQueue } from './queue.ts'

const { owner } = await createTestDatabase()
const { user, password, hosts, database } = addressOf(process.env.PERMANENCE_WORKER_URL as string)
const [own] = hosts

/** A host on the way to the server: `vanishes` as when its cable is pulled, without a word to either side. */
let vanished = false
const open = new Set<Socket>()
const relay = createServer((near) => {
  open.add(near)
  if (vanished) return void near.pause()
  const far = connect(own?.port as number, own?.host)
  near.on('data', (data) => vanished || far.write(data))
  far.on('data', (data) => vanished || near.write(data))
  for (const one of [near, far]) one.on('error', () => {})
  near.on('close', () => far.destroy())
})
await new Promise<void>((ready) => relay.listen(0, '127.0.0.1', ready))

const done: unknown[] = []
const at = `127.0.0.1:${(relay.address() as AddressInfo).port},${own?.host}:${own?.port}`
const queue = keepQueue(
  `postgres://${user}:${password}@${at}/${database}`,
  {
    noHandleSignals: true,
    pollInterval: 200,
    concurrency: 1,
    taskList: { note: async (words) => void done.push(words) },
    logger: new Logger(() => () => {}),
  },
  () => {},
)
afterAll(async () => {
  // What still waits on the host that vanished ends now: a minute later it would end its process.
  for (const near of open) near.destroy()
  await queue.stop()
  relay.close()
})
const add = (words: string) => owner`select graphile_worker.add_job('note', to_json(${words}::text))`

test('a primary that vanished without a word: jobs go on at the next host', async () => {
  await add('before')
  await expect.poll(() => done).toContain('before')
  vanished = true
  await add('after')
  // Without the question it would be the three minutes and a half of the system's own patience.
  await expect.poll(() => done).toContain('after')
})
