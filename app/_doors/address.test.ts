import { expect, test } from 'vitest'
import { readableAddress } from './address.ts'

test.each([
  ['a plain address', '/cases?q=nord&after=x', '/cases?q=nord&after=x'],
  ['accents, as browsers write them', '/cases?q=pr%C3%A9fecture+nord', '/cases?q=pr%C3%A9fecture+nord'],
  ['a NUL in what is asked', '/cases?q=a%00b&level=2', '/cases?q=ab&level=2'],
  ['a sign nobody sees', '/my?q=%E2%80%AE2026', '/my?q=2026'],
  ['another form of é', '/my?q=e%CC%81', '/my?q=%C3%A9'],
  ['an equals sign in a value', '/my?q=%00a%3Db', '/my?q=a%3Db'],
  ['a NUL in the path', '/cases/2026%00', null],
  ['a byte that is no letter, in the path', '/my/%ff', null],
  ['a byte that is no letter, in what is asked', '/cases?q=%ff', null],
  ['half an escape', '/cases/%e', null],
  ['no escape', '/cases/100%zz', null],
  ['half a character', '/cases/%ED%A0%80', null],
  ['another server', 'http://other.example/', null],
  ['an asterisk', '*', null],
])('%s', (_, asked, read) => {
  expect(readableAddress(asked)).toBe(read)
})
