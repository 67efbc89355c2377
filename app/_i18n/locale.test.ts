import { describe, expect, it } from 'vitest'
import { chooseLocale } from './locale.ts'

describe('the language of a page', () => {
  it.each([
    ['nothing asked', undefined, null, 'fr'],
    ['the browser asks for English', undefined, 'en-GB,en;q=0.9', 'en'],
    ['English before French', undefined, 'en-US,en;q=0.9,fr;q=0.8', 'en'],
    ['French before English, in any order written', undefined, 'en;q=0.5, fr-FR;q=0.9', 'fr'],
    ['neither language', undefined, 'de-DE,de;q=0.9', 'fr'],
    ['another language, then English', undefined, 'de,en;q=0.4', 'en'],
    ['English refused', undefined, 'en;q=0', 'fr'],
    ['nonsense', undefined, ';;;,q=x', 'fr'],
    ['the choice made by hand wins', 'fr', 'en', 'fr'],
    ['an unknown choice does not', 'de', 'en', 'en'],
  ])('%s', (_, cookie, header, expected) => {
    expect(chooseLocale(cookie, header)).toBe(expected)
  })
})
