import { describe, expect, test } from 'vitest'
import { beginning, shortened } from './cut.ts'

const HALF = /[\ud800-\udbff](?![\udc00-\udfff])/

describe('a text that is cut', () => {
  test.each([
    ['short enough', 'abc', 3, 'abc', 'abc'],
    ['too long', 'abcd', 3, 'abc', 'ab…'],
    ['in the middle of a sign', 'ab🛑d', 3, 'ab', 'ab…'],
    ['before a sign', 'ab🛑d', 4, 'ab🛑', 'ab…'],
    ['blank', '', 3, '', ''],
  ])('%s', (_, text, most, begins, short) => {
    expect([beginning(text, most), shortened(text, most)]).toEqual([begins, short])
    for (const cut of [begins, short]) expect(cut).not.toMatch(HALF)
  })
})
