import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TOKEN_SCOPES, type TokenScope } from '#db/schema/account.ts'
import { ACCOUNT_SCOPES, ALONE_SCOPES, endOfLife, LIFE_DAYS, LONGEST_DAYS, refusedScopes } from './scopes.ts'

test.each<[string, TokenScope[], string | null]>([
  ['nothing', [], 'accounts.refused.no_scope'],
  ['reading alone', ['read'], null],
  ['all that speaks as an account', ['read', 'report', 'update'], null],
  ['the switchboard', ['telephony'], null],
  ['the switchboard that also reads', ['telephony', 'read'], 'accounts.refused.scope_alone'],
  ['two devices in one', ['probe', 'metrics'], 'accounts.refused.scope_alone'],
])('%s', (_, scopes, key) => expect(refusedScopes(scopes)?.key ?? null).toBe(key))

test('a key either speaks as an account or opens one door', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...TOKEN_SCOPES)), (scopes) => {
      const alone = scopes.filter((one) => (ALONE_SCOPES as TokenScope[]).includes(one))
      const allowed = scopes.length > 0 && (alone.length === 0 || scopes.length === 1)
      expect(refusedScopes(scopes) === null).toBe(allowed)
    }),
  )
  expect([...ACCOUNT_SCOPES, ...ALONE_SCOPES]).toEqual([...TOKEN_SCOPES])
})

test('no life is longer than the longest', () => {
  expect(Math.max(...LIFE_DAYS)).toBe(LONGEST_DAYS)
  expect(endOfLife(30, new Date('2026-11-26T00:00:00Z')).toISOString()).toBe('2026-12-26T00:00:00.000Z')
})
