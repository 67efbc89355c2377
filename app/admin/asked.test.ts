import { describe, expect, it } from 'vitest'
import { pageAfter } from './asked.ts'

const rows = (count: number) => Array.from({ length: count }, (_, n) => `r${n + 1}`)

describe('a page of a list that is read whole', () => {
  it.each([
    ['none', 0, '', [], null],
    ['fewer than a page', 3, '', ['r1', 'r3'], null],
    ['just a page', 25, '', ['r1', 'r25'], null],
    ['one more', 26, '', ['r1', 'r25'], 'r25'],
    ['the page after', 60, 'r25', ['r26', 'r50'], 'r50'],
    ['the last page', 60, 'r50', ['r51', 'r60'], null],
    ['after the last row, the first page', 60, 'r60', ['r1', 'r25'], 'r25'],
    ['a key that has left, or was never there', 60, "r0' or 1", ['r1', 'r25'], 'r25'],
  ])('%s', (_, count, after, ends, next) => {
    const { page, next: following } = pageAfter(rows(count), String, after)
    expect(page.filter((__, at) => at === 0 || at === page.length - 1)).toEqual(ends)
    expect(following).toBe(next)
  })
})
