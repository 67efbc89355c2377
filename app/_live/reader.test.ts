import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeReader, SHORTEST_REST_MS } from './reader.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const hint = (reference: string) => ({ at: 0, cases: [reference], events: ['case.updated'] })

function stage(hidden = { now: false }) {
  const reader = makeReader(
    () => Date.now(),
    () => hidden.now,
  )
  reader.read = vi.fn()
  return { reader, reads: () => vi.mocked(reader.read).mock.calls.length, hidden }
}

test('the first hint reads at once; a hundred more during the read make one', async () => {
  const { reader, reads } = stage()
  reader.ask(hint('a'))
  expect(reads()).toBe(1)
  for (let i = 0; i < 100; i++) reader.ask(hint('b'))
  expect(reads()).toBe(1)
  expect(reader.finished()).toEqual({ cases: ['a'], events: ['case.updated'] })
  await vi.advanceTimersByTimeAsync(SHORTEST_REST_MS - 1)
  expect(reads()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(reads()).toBe(2)
  expect(reader.finished()).toEqual({ cases: ['b'], events: ['case.updated'] })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reads()).toBe(2)
})

test('a slow read rests as long as it took', async () => {
  const { reader, reads } = stage()
  reader.ask(null)
  await vi.advanceTimersByTimeAsync(2_000)
  reader.ask(null)
  reader.finished()
  await vi.advanceTimersByTimeAsync(1_999)
  expect(reads()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(reads()).toBe(2)
})

test('a read that never ends does not stop the next', async () => {
  const { reader, reads } = stage()
  reader.ask(null)
  reader.ask(null)
  await vi.advanceTimersByTimeAsync(15_000)
  expect(reads()).toBe(2)
})

test('a page nobody looks at reads once, when it is looked at again', () => {
  const { reader, reads, hidden } = stage({ now: true })
  reader.ask(hint('a'))
  reader.ask(hint('b'))
  expect(reads()).toBe(0)
  hidden.now = false
  reader.wake()
  expect(reads()).toBe(1)
  expect(reader.finished()?.cases).toEqual(['a', 'b'])
})
