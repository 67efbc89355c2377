import { expect, it } from 'vitest'
import { gather } from './gather.ts'

it('what comes while one is written is written together, next', async () => {
  const first = Promise.withResolvers<void>()
  const written: number[][] = []
  const write = gather<number>(async (all) => {
    written.push(all)
    if (all.includes(1)) await first.promise
  })
  const one = write(1)
  await Promise.resolve()
  const others = [write(2), write(3)]
  first.resolve()
  await Promise.all([one, ...others])
  expect(written).toEqual([[1], [2, 3]])
})

it('one that cannot be kept takes no other with it, and what comes afterwards is kept', async () => {
  const kept: number[] = []
  const write = gather<number>(async (all) => {
    if (all.includes(2)) throw new Error('no')
    kept.push(...all)
  })
  expect((await Promise.allSettled([1, 2, 3].map(write))).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  await write(4)
  expect(kept).toEqual([1, 3, 4])
})
