import { expect, test } from 'vitest'
import { makeLane } from './lane.ts'

test('so many at once, the others in order, and full when as many wait', async () => {
  const lane = makeLane(1, 2)
  const order: string[] = []
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const first = lane.run(async () => {
    await gate
    order.push('first')
  })
  const second = lane.run(async () => order.push('second'))
  expect(lane.isFull()).toBe(false)
  const third = lane.run(async () => order.push('third'))
  expect(lane.isFull()).toBe(true)
  expect(order).toEqual([])
  open()
  await Promise.all([first, second, third])
  expect(order).toEqual(['first', 'second', 'third'])
  expect(lane.isFull()).toBe(false)
})

test('work that fails leaves its place', async () => {
  const lane = makeLane(1, 0)
  await expect(lane.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await lane.run(async () => 'yes')).toBe('yes')
})
