import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { type Asked, outOfRequest, shareRequests } from './away.ts'
import { limits, ownLimits } from './limits.ts'

const requests = new AsyncLocalStorage<Asked>()
shareRequests(requests)
const spent = (): Asked => ({ until: Date.now() - 60_000, away: false })
const later = () => new Promise<ReturnType<typeof limits>>((tell) => setTimeout(() => tell(limits())))

test('what a request began and goes on after it has the limits of its process, not what was left to the request', async () => {
  expect(limits()).toEqual(ownLimits())
  const inside = await requests.run(spent(), later)
  expect(inside.connection).toBeLessThan(ownLimits().connection)
  expect(await requests.run(spent(), () => outOfRequest(later))).toEqual(ownLimits())
})

test('a request has the less the longer it lasts', () => {
  const left = (ms: number) => requests.run({ until: Date.now() + ms, away: false }, limits)
  expect(left(600_000)).toEqual(ownLimits())
  expect(left(1_000).statement).toBeLessThanOrEqual(1_000)
  expect(left(1_000).connection).toBeLessThanOrEqual(1_000)
})
