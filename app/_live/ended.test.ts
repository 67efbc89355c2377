import { beforeEach, expect, test, vi } from 'vitest'

const { endedAmong } = vi.hoisted(() => ({
  endedAmong: vi.fn(async (_ids: string[], _now: Date) => [] as string[]),
}))
vi.mock('#app/_auth/lookup.ts', () => ({ endedAmong }))
vi.useFakeTimers()
const { LOOK_MS, streamsBySession } = await import('./server.ts')

const open = streamsBySession()
beforeEach(() => {
  open.clear()
  endedAmong.mockClear()
})

const stream = (sessionId: string) => {
  const one = { sessionId, recheck: vi.fn() }
  open.add(one)
  return one
}

test('the streams of a session that ended are told within the look, whatever ended it; the others hear nothing', async () => {
  expect(LOOK_MS).toBeLessThan(5_000)
  const [ended, twin, alive] = [stream('a'), stream('a'), stream('b')]
  endedAmong.mockResolvedValueOnce(['a'])
  await vi.advanceTimersByTimeAsync(LOOK_MS)
  // One question, however many streams.
  expect(endedAmong.mock.calls.map(([ids]) => ids)).toEqual([['a', 'b']])
  expect([ended, twin, alive].map(({ recheck }) => recheck.mock.calls.length)).toEqual([1, 1, 0])
})

test('a database that does not answer closes nothing; the next look does', async () => {
  const one = stream('a')
  endedAmong.mockRejectedValueOnce(new Error('away'))
  await vi.advanceTimersByTimeAsync(LOOK_MS)
  expect(one.recheck).not.toHaveBeenCalled()
  endedAmong.mockResolvedValueOnce(['a'])
  await vi.advanceTimersByTimeAsync(LOOK_MS)
  expect(one.recheck).toHaveBeenCalledOnce()
})
