import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { type Asked, currentRequest, DatabaseAway, shareRequests } from '#db/away.ts'
import { makeTogether } from './together.ts'

/** Readings that end when they are told to. */
function stage() {
  const together = makeTogether<number, string>()
  const readings: { people: number[]; end: (answer: string) => void; fail: (error: Error) => void }[] = []
  const ask = (person: number, key = 'queue') =>
    together(key, person, (people) => new Promise((end, fail) => readings.push({ people, end, fail })))
  return { ask, readings }
}
const settle = () => new Promise((done) => setTimeout(done))

test('who asks while one is reading is not given that reading: all of them share the next', async () => {
  const { ask, readings } = stage()
  const first = ask(1)
  const later = [ask(2), ask(3), ask(2)]
  expect(readings.map(({ people }) => people)).toEqual([[1]])
  readings[0]?.end('before')
  expect(await first).toBe('before')
  await settle()
  expect(readings.map(({ people }) => people)).toEqual([[1], [2, 3]])
  const last = ask(4)
  readings[1]?.end('after')
  expect(await Promise.all(later)).toEqual(['after', 'after', 'after'])
  await settle()
  readings[2]?.end('last')
  expect(await last).toBe('last')
})

test('what is asked under another key is another reading', () => {
  const { ask, readings } = stage()
  void ask(1)
  void ask(1, 'of another world')
  expect(readings).toHaveLength(2)
})

test('a reading that fails fails for those who waited for it, and for nobody after', async () => {
  const { ask, readings } = stage()
  const first = ask(1)
  const second = ask(2)
  readings[0]?.fail(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await settle()
  readings[1]?.end('back')
  expect(await second).toBe('back')
  void ask(3)
  await settle()
  expect(readings).toHaveLength(3)
})

test('each request that waited is told that the database was away; the reading has its own time', async () => {
  const requests = new AsyncLocalStorage<Asked>()
  shareRequests(requests)
  const together = makeTogether<number, string>()
  const left: number[] = []
  const gate = Promise.withResolvers<never>()
  const read = () => {
    left.push((currentRequest()?.until ?? 0) - Date.now())
    return gate.promise
  }
  // The first has hardly any time left.
  const asked = [1, 2, 3].map(() => ({ until: Date.now() + 50, away: false }))
  const answers = asked.map((one, person) => requests.run(one, () => together('list', person, read)))
  gate.reject(new DatabaseAway('cut'))
  for (const answer of answers) await expect(answer).rejects.toThrow('cut')
  expect(asked.map(({ away }) => away)).toEqual([true, true, true])
  expect(Math.min(...left)).toBeGreaterThan(1_000)
})
