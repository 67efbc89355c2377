import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { makeUnchanged } from './unchanged.ts'

const agents = { key: 'agents', shown: '7:7:', now: new Date('2026-11-23T03:00:00Z') }
const later = (ms: number) => new Date(agents.now.getTime() + ms)

function stage() {
  const unchanged = makeUnchanged<number>()
  let readings = 0
  return (asked: Partial<Omit<typeof agents, 'shown'> & { shown: string | null }> = {}) =>
    unchanged({ ...agents, ...asked }, async () => ++readings)
}

test.each<[string, Parameters<ReturnType<typeof stage>>[0], number]>([
  ['the same is shown, a moment later', { now: later(999) }, 1],
  ['something was committed since', { shown: '7:8:' }, 2],
  ['one that ran then has ended, and no newer one', { shown: '7:7:6' }, 2],
  ['whoever may see other things', { key: 'wall' }, 2],
  ['nothing is known of what is shown', { shown: null }, 2],
  ['a second has passed', { now: later(1_000) }, 2],
  ['another hour, before', { now: later(-1_000) }, 2],
])('%s', async (_, asked, reading) => {
  const ask = stage()
  expect(await ask()).toBe(1)
  expect(await ask(asked)).toBe(reading)
})

test('what was read for one of whom nothing is known is given to nobody else', async () => {
  const ask = stage()
  await ask({ shown: null })
  expect(await ask({ shown: null })).toBe(2)
})

test('a reading that fails is not kept', async () => {
  const unchanged = makeUnchanged<string>()
  const away = () => Promise.reject(new Error('away'))
  await expect(unchanged(agents, away)).rejects.toThrow('away')
  expect(await unchanged(agents, async () => 'back')).toBe('back')
})

test('one that ends late does not stand for what was committed meanwhile', async () => {
  const unchanged = makeUnchanged<string>()
  const { promise: slow, resolve: end } = Promise.withResolvers<string>()
  const newer = { ...agents, shown: '7:8:' }
  const first = unchanged(agents, () => slow)
  expect(await unchanged(newer, async () => 'newer')).toBe('newer')
  end('older')
  expect(await first).toBe('older')
  expect(await unchanged(newer, async () => 'newer still')).toBe('newer still')
})

test('what nobody asks for any more is let go when something else is asked, a second later', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const unchanged = makeUnchanged<{ page: string }>()
  const ask = async (page: string, ms: number) =>
    new WeakRef(await unchanged({ ...agents, key: page, now: later(ms) }, async () => ({ page })))
  // The first is asked for again meanwhile: it does not keep the others alive.
  const [first, second] = [await ask('first', 0), await ask('second', 1)]
  await unchanged({ ...agents, key: 'first', shown: '7:8:', now: later(900) }, async () => ({
    page: 'newer',
  }))
  await ask('third', 1_001)
  await new Promise(setImmediate)
  collect()
  expect([first.deref(), second.deref()]).toEqual([undefined, undefined])
  const given = await unchanged({ ...agents, key: 'first', shown: '7:8:', now: later(1_001) }, async () => ({
    page: 'anew',
  }))
  expect(given.page).toBe('newer')
})
