import { expect, test } from 'vitest'
import { fixedLines, ownLine } from './own-line.ts'

const SITE = ['+33199001234', '+687271234']

test.each<[string, string, string | null]>([
  ['the very line, as it is dialled', '01 99 00 12 34', '+33199001234'],
  ['the very line, as it is kept', '+33199001234', '+33199001234'],
  ['the very line from abroad', '0033 1 99 00 12 34', '+33199001234'],
  ['another line of the same switchboard', '01.99.00.12.07', '+33199001234'],
  ['the switchboard next door', '01 99 00 13 34', null],
  ['a mobile', '06 39 98 00 42', null],
  ['a line of New Caledonia, at home', '27 12 34', '+687271234'],
  ['nothing typed', '', null],
  ['half a number', '01 99', null],
])('%s', (_, given, line) => expect(ownLine(given, SITE)).toBe(line))

test('a mobile of the directory is no line of a site', () => {
  expect(fixedLines(['+33639980042', '+262692123456', null, '+33199001234', '+687271234'])).toEqual([
    '+33199001234',
    '+687271234',
  ])
})
