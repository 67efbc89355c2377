/** What is known of one key (a hash of an e-mail, or of an address). */
export type Attempts = { failures: number; lastFailureAt: Date }

export type Allowance = {
  /** Failures that cost nothing. */
  free: number
  /** The first wait; each failure after it doubles the wait. */
  firstWaitMs: number
  /** Never more: in a crisis a lock-out is an outage. */
  capMs: number
  /** Quiet time after which failures are forgotten. */
  forgetMs: number
}

/** Two typing mistakes are human; with the cap, guessing one account is held to some 2 900 tries a day. */
export const ACCOUNT: Allowance = { free: 2, firstWaitMs: 1_000, capMs: 30_000, forgetMs: 15 * 60_000 }

/** One address may be a whole préfecture behind one exit: ten times the allowance, the same cap. */
export const ADDRESS: Allowance = { free: 20, firstWaitMs: 1_000, capMs: 30_000, forgetMs: 15 * 60_000 }

/** How many failures still count. */
export function counted(attempts: Attempts, allowance: Allowance, now: Date): number {
  return now.getTime() - attempts.lastFailureAt.getTime() >= allowance.forgetMs ? 0 : attempts.failures
}

/** Until when the next attempt waits; null when it may be made now. */
export function waitsUntil(attempts: Attempts, allowance: Allowance, now: Date): Date | null {
  const over = counted(attempts, allowance, now) - allowance.free
  if (over <= 0) return null
  const wait = Math.min(allowance.firstWaitMs * 2 ** Math.min(over - 1, 20), allowance.capMs)
  const until = attempts.lastFailureAt.getTime() + wait
  return until > now.getTime() ? new Date(until) : null
}
