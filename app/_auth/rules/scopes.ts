import type { Reason } from '#app/_doors/result.ts'
import { TOKEN_SCOPES, type TokenScope } from '#db/schema/account.ts'

/**
 * What a key of a machine may. `account`: it speaks as an account, within that account's rights; such scopes go together.
 * `alone`: it speaks as nobody, and such a key stands in addresses and files of devices: it opens one door.
 */
export const SCOPES = {
  read: 'account',
  report: 'account',
  update: 'account',
  probe: 'alone',
  telephony: 'alone',
  metrics: 'alone',
} as const satisfies Record<TokenScope, 'account' | 'alone'>

export type AccountScope = { [S in TokenScope]: (typeof SCOPES)[S] extends 'account' ? S : never }[TokenScope]
export type AloneScope = Exclude<TokenScope, AccountScope>
export const ACCOUNT_SCOPES = TOKEN_SCOPES.filter((one): one is AccountScope => SCOPES[one] === 'account')
export const ALONE_SCOPES = TOKEN_SCOPES.filter((one): one is AloneScope => SCOPES[one] === 'alone')

/** Days a key may live. A year at most: whoever left with one does not hold it for ever. */
export const LIFE_DAYS = [30, 90, 365] as const
export const LONGEST_DAYS = 365
/** Said at /operations so long before: a switchboard that falls silent is noticed late. */
export const ENDS_SOON_DAYS = 14

const DAY_MS = 86_400_000

export function endOfLife(days: number, now: Date): Date {
  return new Date(now.getTime() + days * DAY_MS)
}

/** Why no key can be made of these; null when it can. */
export function refusedScopes(scopes: readonly TokenScope[]): Reason | null {
  if (scopes.length === 0) return { key: 'accounts.refused.no_scope' }
  const alone = scopes.some((one) => SCOPES[one] === 'alone')
  return alone && scopes.length > 1 ? { key: 'accounts.refused.scope_alone' } : null
}
