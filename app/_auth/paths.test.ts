import { describe, expect, test } from 'vitest'
import { safePath, signInPath } from './paths.ts'

describe('where to go back to after signing in', () => {
  test.each([
    ['/cases', '/cases'],
    ['/cases?level=3&residual', '/cases?level=3&residual'],
    ['/cases/2026-004217-3#tests', '/cases/2026-004217-3'],
    ['/sign-in-help', '/sign-in-help'],
    ['/account', '/account'],
  ])('%s', (next, path) => {
    expect(safePath(next)).toBe(path)
  })

  test.each([
    ['another site', 'https://example.org/'],
    ['another site, no scheme', '//example.org'],
    ['a backslash', '/\\example.org'],
    ['a tab', '/\t/example.org'],
    ['dots that leave a double slash', '/.//example.org'],
    ['a script', 'javascript:alert(1)'],
    ['the sign-in page itself', '/sign-in?next=/cases'],
    ['a door for machines', '/api/health'],
    ['the root, which only forwards', '/'],
    ['nothing', undefined],
    ['two of them', ['/cases', '/my']],
    ['too long', `/${'a'.repeat(1000)}`],
  ])('not %s', (_, next) => {
    expect(safePath(next)).toBeNull()
  })

  test('travels in the address of the sign-in page', () => {
    expect(signInPath('/cases?mine=1&level=2')).toBe('/sign-in?next=%2Fcases%3Fmine%3D1%26level%3D2')
    expect(signInPath('//example.org')).toBe('/sign-in')
  })
})
