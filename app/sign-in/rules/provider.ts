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

/** When somebody showed the provider who he is: never later than now, whatever its clock says. */
export function shownAt(authTimeSeconds: unknown, now: Date): Date | null {
  if (typeof authTimeSeconds !== 'number') return null
  return new Date(Math.min(authTimeSeconds * 1000, now.getTime()))
}

/** Between a proof at the provider and its answer here: as far as clocks may differ, and a minute for the way. [D] */
export const SHOWN_WITHIN_MS = DRIFT_MS + 60_000

/** Whether he has just shown it: a session that still lives there proves nothing, and `prompt` can be taken out of the address. */
export function isJustShown(shown: Date | null, now: Date): shown is Date {
  return shown !== null && now.getTime() - shown.getTime() <= SHOWN_WITHIN_MS
}

/** So much is kept of what it says besides: hints for who binds an account, nothing that identifies. */
export function hintOf(said: unknown, most = 120): string {
  return typeof said === 'string' ? said.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, most) : ''
}
