import { expect, test } from 'vitest'
import { rowId } from './row-id.ts'

test.each([
  ['12', 12],
  ['999999999999999', 999_999_999_999_999],
  ['1e3', null],
  ['-1', null],
  ['1.5', null],
  ['', null],
  ['9999999999999999', null],
  [['1', '2'], null],
  [undefined, null],
])('%o is %s', (written, id) => {
  expect(rowId(written)).toBe(id)
})
