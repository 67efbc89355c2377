import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readArray, writeArray } from './arrays.ts'

test.each([
  ['{}', []],
  ['{15,18}', ['15', '18']],
  ['{"a b","c,d","e\\"f","g\\\\h",NULL,"NULL",""}', ['a b', 'c,d', 'e"f', 'g\\h', null, 'NULL', '']],
] as const)('%s', (text, items) => {
  expect(readArray(text, (item) => item)).toEqual(items)
})

test('what is written is read again as it was', () => {
  const texts = fc.array(
    fc.option(fc.oneof(fc.string(), fc.constantFrom('NULL', '', ',', '{}', '\\"', 'é\n'))),
  )
  fc.assert(
    fc.property(texts, (items) => void expect(readArray(writeArray(items), (item) => item)).toEqual(items)),
  )
})
