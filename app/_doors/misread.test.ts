import { expect, it } from 'vitest'
import { faultOf } from './misread.ts'

it.each([
  ['a field', 'direction', 'direction: Expected.'],
  ['what is no object at all', '', 'Expected.'],
])('%s is named as it can be', (_, field, line) => {
  expect(faultOf(field, 'Expected.')).toBe(line)
})
