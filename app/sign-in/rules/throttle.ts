/** What is known of one key (a keyed hash of whom or what it is about). */
export type Attempts = { failures: number; lastFailureAt: Date }

/** Each failure after the free ones doubles the wait: for what one person would do. */
type Doubling = {
  kind: 'doubling'
  /** Failures that cost nothing. */
  free: number
  /** The first wait; each failure after it doubles the wait. */
  firstWaitMs: number
  /** Never more: in a crisis a lock-out is an outage. */
  capMs: number
  /** Quiet time after which failures are forgotten. */
  forgetMs: number
}

/** So many at once, then one each while: for what many may do together, so that nobody fills it for long. */
type Steady = { kind: 'steady'; free: number; everyMs: number }

export type Allowance = Doubling | Steady

/**
 * What an attempt is counted on. Whoever has been right before, from this browser or this address, is held by nothing
 * but what was wrong from there: nobody else can make him wait.
 */
export const SCOPES = {
  /** Two typing mistakes are human; with the cap, guessing from a known browser is held to some 2 900 tries a day. */
  known_browser: { kind: 'doubling', free: 2, firstWaitMs: 1_000, capMs: 30_000, forgetMs: 15 * 60_000 },
  /** The same, where this account has signed in from this address: an office, a préfecture's exit. */
  known_address: { kind: 'doubling', free: 2, firstWaitMs: 1_000, capMs: 30_000, forgetMs: 15 * 60_000 },
  /** A name tried from an address where it never was right: one who guesses from one place stops here first. */
  name_from_address: { kind: 'doubling', free: 2, firstWaitMs: 1_000, capMs: 30_000, forgetMs: 15 * 60_000 },
  /** One address may be a whole préfecture behind one exit: ten times the allowance, the same cap. */
  new_address: { kind: 'doubling', free: 20, firstWaitMs: 1_000, capMs: 30_000, forgetMs: 15 * 60_000 },
  /**
   * A name tried from everywhere. Three addresses at their caps do not empty it; above, many guess together, and 8 640
   * tries a day are nothing against a passphrase that stands ten thousand million.
   */
  name: { kind: 'steady', free: 60, everyMs: 10_000 },
  /** A name tried by who has no address we may believe (no TRUST_PROXY): all of them together, this name alone. */
  name_without_address: { kind: 'steady', free: 10, everyMs: 5_000 },
  /**
   * A code after the right passphrase. Three of a million are right at any moment: with the cap, whoever has the passphrase finds
   * one in half a year of trying without a pause, each try in the journal; its owner has his passkey, which nothing holds up.
   */
  second: { kind: 'doubling', free: 4, firstWaitMs: 2_000, capMs: 60_000, forgetMs: 60 * 60_000 },
  /** One who is signed in and gives the present passphrase to change it. */
  change: { kind: 'doubling', free: 2, firstWaitMs: 1_000, capMs: 30_000, forgetMs: 15 * 60_000 },
} as const satisfies Record<string, Allowance>

export type Scope = keyof typeof SCOPES

/** Where an attempt comes from, as far as we know. */
export type Origin = {
  /** This account has signed in from this browser. */
  browser: 'known' | 'new'
  /** This account has signed in from this address; `hidden`: no address that we may believe. */
  address: 'known' | 'new' | 'hidden'
}

/** What the attempt is counted on; it waits for the latest of them. */
export function scopesOf({ browser, address }: Origin): Scope[] {
  if (browser === 'known') return ['known_browser']
  if (address === 'known') return ['known_address']
  return address === 'new' ? ['name_from_address', 'new_address', 'name'] : ['name_without_address']
}

/** The failures that still count, and the moment from which the next are forgotten. */
export function counted(attempts: Attempts, allowance: Allowance, now: Date): Attempts {
  const since = now.getTime() - attempts.lastFailureAt.getTime()
  if (allowance.kind === 'doubling')
    return since >= allowance.forgetMs ? { failures: 0, lastFailureAt: now } : attempts
  const forgotten = Math.max(0, Math.floor(since / allowance.everyMs))
  if (forgotten >= attempts.failures) return { failures: 0, lastFailureAt: now }
  const at = attempts.lastFailureAt.getTime() + forgotten * allowance.everyMs
  return { failures: attempts.failures - forgotten, lastFailureAt: new Date(at) }
}

/** One more failure. */
export function withOneMore(attempts: Attempts, allowance: Allowance, now: Date): Attempts {
  const { failures, lastFailureAt } = counted(attempts, allowance, now)
  return { failures: failures + 1, lastFailureAt: allowance.kind === 'steady' ? lastFailureAt : now }
}

/** Until when the next attempt waits; null when it may be made now. */
export function waitsUntil(attempts: Attempts, allowance: Allowance, now: Date): Date | null {
  const { failures, lastFailureAt } = counted(attempts, allowance, now)
  const over = failures - allowance.free
  if (allowance.kind === 'steady')
    return over < 0 ? null : new Date(lastFailureAt.getTime() + allowance.everyMs)
  if (over <= 0) return null
  const wait = Math.min(allowance.firstWaitMs * 2 ** Math.min(over - 1, 20), allowance.capMs)
  const until = lastFailureAt.getTime() + wait
  return until > now.getTime() ? new Date(until) : null
}

/**
 * The journal is kept for ever: of a row of failures it keeps the first, the second, the fourth, the eighth… so that a
 * million of them are twenty lines.
 */
export function isWrittenDown(failures: number): boolean {
  return failures > 0 && Number.isInteger(Math.log2(failures))
}
