/** A moment at which the suites are played with the machine's clock (PostgreSQL's too): what breaks then is found now. */
export type Moment = { at: (now: Date) => Date; why: string }

const DAY_MS = 24 * 3600_000

export const MOMENTS = {
  'next-week': { at: (now) => after(now, 7), why: 'what a test calls recent is a week old' },
  'next-year': { at: (now) => after(now, 365), why: 'what a test calls this year is last year' },
  'new-year': {
    at: (now) => next(now, (year) => new Date(`${year}-12-31T23:55:00Z`)),
    why: '31 December 23:55 in UTC: in Paris the year has turned, in storage it has not',
  },
  midnight: {
    at: (now) => next(now, (year) => new Date(`${year}-12-31T22:59:00Z`)),
    why: '31 December 23:59 in Paris: the year turns there while the tests run',
  },
  'midnight-utc': {
    at: (now) => next(now, (year) => new Date(`${year}-12-31T23:59:00Z`)),
    why: '31 December 23:59 in UTC: the year of storage turns while the tests run',
  },
  'leap-day': {
    at: (now) => next(now, (year) => onlyIf(isLeap(year), `${year}-02-29T12:00:00Z`)),
    why: '29 February: a year later there is none',
  },
  spring: {
    at: (now) => next(now, (year) => new Date(+lastSunday(year, 3) - 60_000)),
    why: '01:59 in Paris on the last Sunday of March: the hour from 02:00 does not exist',
  },
  autumn: {
    at: (now) => next(now, (year) => new Date(+lastSunday(year, 10) - 60_000)),
    why: '02:59 in Paris on the last Sunday of October: the hour from 02:00 comes again',
  },
  evening: {
    at: (now) => next(now, (_, day) => new Date(`${day}T16:59:00Z`)),
    why: 'the evening peak, Paris (DOMAIN §4): it begins a minute later in winter, is on in summer; N2 becomes N3',
  },
} satisfies Record<string, Moment>

export type MomentName = keyof typeof MOMENTS
export const MOMENT_NAMES = Object.keys(MOMENTS) as MomentName[]

/** One moment a run, in turn by the hour: every one of them is met in a working day, and nothing is remembered. */
export function momentOfTurn(now: Date): MomentName {
  return MOMENT_NAMES[Math.floor(+now / 3600_000) % MOMENT_NAMES.length] as MomentName
}

function after(now: Date, days: number): Date {
  return new Date(+now + days * DAY_MS)
}

/** The first day or year, from now, for which there is such a moment. */
function next(now: Date, make: (year: number, day: string) => Date | null): Date {
  for (let days = 0; ; days++) {
    const day = after(now, days)
    const at = make(day.getUTCFullYear(), day.toISOString().slice(0, 10))
    if (at && at > now) return at
  }
}

function onlyIf(wanted: boolean, at: string): Date | null {
  return wanted ? new Date(at) : null
}

function isLeap(year: number): boolean {
  return new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1
}

/** When the clocks of the European Union change: 01:00 UTC on the last Sunday of the month (directive 2000/84/EC). */
function lastSunday(year: number, month: 3 | 10): Date {
  const last = new Date(Date.UTC(year, month, 0, 1))
  return after(last, -last.getUTCDay())
}
