/** What a provider must say of how somebody showed who he is: with two proofs (ProConnect's names for it), or better. */
export const ACR_ASKED = ['eidas0-mfa', 'eidas1-mfa', 'eidas2', 'eidas3']

/** Asked is not answered: what came back counts. */
export function isStrongEnough(acr: unknown, asked: readonly string[]): boolean {
  return typeof acr === 'string' && asked.includes(acr)
}

/** What it signs is minutes old at most: beyond, its clock or ours is wrong, and nothing that it dates can be judged. */
export const DRIFT_MS = 2 * 60_000

export function isDrifted(issuedAtSeconds: unknown, now: Date): boolean {
  return typeof issuedAtSeconds !== 'number' || Math.abs(issuedAtSeconds * 1000 - now.getTime()) > DRIFT_MS
}

/** So much is kept of what it says besides: hints for who binds an account, nothing that identifies. */
export function hintOf(said: unknown, most = 120): string {
  return typeof said === 'string' ? said.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, most) : ''
}
