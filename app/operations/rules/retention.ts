/** What becomes of it when its time is over. A case keeps its facts for the figures of years, and loses who and what words. */
export type Fate = 'deleted' | 'pseudonymised' | 'kept'
export type Retention = {
  /** Null: for ever. */
  days: number | null
  fate: Fate
  /** Why so long: the reason, and its source where there is one. */
  why: string
}

const [HOUR, YEAR] = [1 / 24, 365]

/** Durée de conservation : all that is written down about people and what they do, how long, and why. Shown at /privacy. */
export const RETENTION = {
  typed: {
    days: HOUR,
    fate: 'deleted',
    why: 'given back at the next sign-in of the same person, or nobody comes',
  },
  uploads: { days: 1, fate: 'deleted', why: 'between the dry run of a file and its confirmation' },
  presence: { days: 1, fate: 'deleted', why: 'who has a page open now' },
  throttles: { days: 1, fate: 'deleted', why: 'no wait of the sign-in door remembers longer' },
  known_origins: { days: 400, fate: 'deleted', why: 'the longest a browser keeps the cookie it is known by' },
  jobs: { days: 30, fate: 'deleted', why: 'jobs given up: somebody has looked by then' },
  sessions: {
    days: 182,
    fate: 'deleted',
    why: 'logs of access: six months to a year (CNIL, deliberation 2021-122)',
  },
  sign_in_counts: {
    days: YEAR,
    fate: 'deleted',
    why: 'the same recommendation; counts by the hour, without names',
  },
  messages: {
    days: YEAR,
    fate: 'deleted',
    why: 'who was told when is in question for as long as an inquiry begins',
  },
  mass_messages: {
    days: YEAR,
    fate: 'deleted',
    why: 'to whom a mass message went is in question for as long as an inquiry begins; its figures stay',
  },
  attachments: {
    days: 182,
    fate: 'deleted',
    why: 'a photo helps while the case is worked; half a year after its closing the facts say enough',
  },
  calls: {
    days: YEAR,
    fate: 'deleted',
    why: 'who rang the hotline is in question for as long as an inquiry begins; the journal keeps that there was a call',
  },
  probe_results: {
    days: 30,
    fate: 'deleted',
    why: 'a month of single calls explains a failure; what they say stays in the windows, and the last proof for ever',
  },
  probe_windows: {
    days: 400,
    fate: 'deleted',
    why: 'a year to compare with the same week, and one month to look at it',
  },
  cases: {
    days: 5 * YEAR,
    fate: 'pseudonymised',
    why: 'actions between persons lapse after five years (Code civil, art. 2224)',
  },
  journal: { days: null, fate: 'kept', why: 'each line proves the next: an inquiry may rest on it' },
} satisfies Record<string, Retention>

export type Kept = keyof typeof RETENTION
export const KEPT = Object.keys(RETENTION) as Kept[]
/** What the clock forgets, in this order; what is typed has its own clock, which does not wait for the night. */
export const FORGOTTEN = KEPT.filter((one) => RETENTION[one].days !== null && one !== 'typed')

/** A day at least, so that a slip of the hand forgets nothing that is in use; ten times as long at most. */
export function daysOf(what: Kept, overrides: Record<string, unknown>): number | null {
  const { days } = RETENTION[what]
  const wanted = overrides[what]
  if (days === null || days < 1 || typeof wanted !== 'number') return days
  return wanted >= 1 && wanted <= days * 10 ? wanted : days
}

export function before(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000)
}

/** In the largest unit that says it whole: '5 years', '6 months', '90 days', '1 hour'. */
export function lengthText(days: number, locale: string): string {
  const [n, unit] =
    days >= YEAR && days % YEAR === 0
      ? [days / YEAR, 'year']
      : days > 150 && days < YEAR
        ? [Math.round(days / 30.4), 'month']
        : days < 1
          ? [Math.round(days / HOUR), 'hour']
          : [Math.round(days), 'day']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(n)
}
