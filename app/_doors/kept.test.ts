import { beforeEach, expect, test } from 'vitest'
import { handOver, hasKept, keep, takeBack } from './kept.ts'

const HOUR = 3600_000
let session = 0
let id = ''
beforeEach(() => {
  id = `session-${session++}`
})
const kept = (at = 0) => ({ path: '/my/new', form: 'report', values: { words: 'plus rien' }, at })

test('given back once, to the same form of the same page, within the hour', () => {
  keep(id, kept())
  expect(takeBack(id, '/my/new', 'other', 1)).toBeNull()
  expect(takeBack(id, '/my', 'report', 1)).toBeNull()
  expect(takeBack(id, '/my/new', 'report', HOUR + 1)).toBeNull()
  expect(takeBack(id, '/my/new', 'report', HOUR)).toEqual({ words: 'plus rien' })
  expect(takeBack(id, '/my/new', 'report', HOUR)).toBeNull()
})

test.each([
  ['follows the same person to the new session', true],
  ['is forgotten when another signs in at the same desk', false],
])('%s', (_, same) => {
  keep(id, kept())
  handOver(id, `${id}-new`, same)
  expect(hasKept(id)).toBe(false)
  expect(hasKept(`${id}-new`)).toBe(same)
})

test('not what is too large, and never too many', () => {
  keep(id, { ...kept(), values: { words: 'x'.repeat(70_000) } })
  expect(hasKept(id)).toBe(false)
  for (let i = 0; i < 300; i++) keep(`many-${i}`, kept())
  expect(hasKept('many-0')).toBe(false)
  expect(hasKept('many-299')).toBe(true)
})
