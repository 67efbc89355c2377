import { expect, it } from 'vitest'
import { MARKER, marked } from './marker.ts'

it('leaves a real message as it is', () => {
  expect(marked('Le 15 est rétabli.', null)).toBe('Le 15 est rétabli.')
})

it('marks both ends of a message of an exercise, once', () => {
  const once = marked('Le 15 est coupé.', 7)
  expect(once.startsWith(MARKER)).toBe(true)
  expect(once.endsWith(MARKER)).toBe(true)
  expect(marked(once, 7)).toBe(once)
})
