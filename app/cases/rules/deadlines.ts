import type { CaseState, Level } from '#db/schema/cases.ts'
import { isOpen, STATES, waitsForReporter } from './states.ts'

const MINUTE = 60_000

/** Minutes, DOMAIN §4 [D]: acknowledge / own tests / next update. Null: no tests are owed. */
export const LEVEL_CLOCK: Record<Level, { ackMin: number; checkMin: number | null; updateMin: number }> = {
  1: { ackMin: 15, checkMin: null, updateMin: 240 },
  2: { ackMin: 5, checkMin: 10, updateMin: 60 },
  3: { ackMin: 5, checkMin: 10, updateMin: 30 },
  4: { ackMin: 5, checkMin: 10, updateMin: 30 },
}

/** After the lead was told and nothing moved, the duty director: the same 5 minutes as a silent call on the ladder. */
export const DIRECTOR_AFTER_MIN = 5
/** Then both again, while nothing moves: one N3 update interval, so that a reminder never outnumbers the work. */
export const REMIND_EVERY_MIN = 30
/** Longest promise while the cell waits for somebody else (reporter, confirmation): a day, so that no case sleeps. */
export const LONGEST_WAIT_MIN = 24 * 60

/** The promise the cell makes when nobody chose another hour. */
export function defaultPromise(level: Level, now: Date): Date {
  return new Date(now.getTime() + LEVEL_CLOCK[level].updateMin * MINUTE)
}

export function longestPromise(state: CaseState, level: Level, now: Date): Date {
  const minutes = waitsForReporter(state) ? LONGEST_WAIT_MIN : LEVEL_CLOCK[level].updateMin
  return new Date(now.getTime() + minutes * MINUTE)
}

export type PromiseVerdict = { ok: true } | { ok: false; key: string; values?: Record<string, number> }

/** May the next contact be promised at that hour? In the future, and no later than the level allows. */
export function judgePromise(promise: Date, state: CaseState, level: Level, now: Date): PromiseVerdict {
  if (promise.getTime() <= now.getTime()) return { ok: false, key: 'cases.refused.promise_past' }
  // a minute of grace: forms give whole minutes
  if (promise.getTime() > longestPromise(state, level, now).getTime() + MINUTE) {
    const minutes = waitsForReporter(state) ? LONGEST_WAIT_MIN : LEVEL_CLOCK[level].updateMin
    return { ok: false, key: 'cases.refused.promise_too_far', values: { minutes, level } }
  }
  return { ok: true }
}

export type DueFacts = {
  state: CaseState
  level: Level
  receivedAt: Date
  acknowledgedAt: Date | null
  ackDueAt: Date | null
  checkDueAt: Date | null
  nextContactAt: Date | null
  ackMissedAt: Date | null
  checkMissedAt: Date | null
  promiseMissedAt: Date | null
  stillFailingAt: Date | null
  escalation: number
}

export type Due = 'ack' | 'check' | 'promise'

/** What is owed now and not yet told as missed, earliest first. */
export function owed(facts: DueFacts): { due: Due; at: Date }[] {
  if (!isOpen(facts.state)) return []
  const all: { due: Due; at: Date | null; told: Date | null }[] = [
    { due: 'ack', at: facts.acknowledgedAt ? null : facts.ackDueAt, told: facts.ackMissedAt },
    { due: 'check', at: facts.checkDueAt, told: facts.checkMissedAt },
    { due: 'promise', at: facts.nextContactAt, told: facts.promiseMissedAt },
  ]
  return all
    .filter((one): one is { due: Due; at: Date; told: null } => one.at !== null && one.told === null)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
}

export function somethingMissed(facts: DueFacts): Date | null {
  if (!isOpen(facts.state)) return null
  const missed = [facts.ackMissedAt, facts.checkMissedAt, facts.promiseMissedAt].filter((at) => at !== null)
  return missed.length === 0 ? null : new Date(Math.min(...missed.map((at) => at.getTime())))
}

/** When the clock must look at this case again: the next thing owed, or the next step of telling. */
export function nextDeadline(facts: DueFacts): Date | null {
  const times = owed(facts).map(({ at }) => at.getTime())
  const missed = somethingMissed(facts)
  if (missed) {
    const minutes = DIRECTOR_AFTER_MIN + Math.max(0, facts.escalation - 1) * REMIND_EVERY_MIN
    times.push(missed.getTime() + minutes * MINUTE)
  }
  return times.length === 0 ? null : new Date(Math.min(...times))
}

/** From this level on a case is grave: it stands above what is only late, so that no list of late ones hides it. */
export const GRAVE_LEVEL: Level = 3

/**
 * Place in the queue, its first key. A reporter who says "still failing" was told that it works: nothing comes before him. Then
 * what is grave (unanswered, late, being worked on), whatever else is late; then the rest of what is late, unanswered, quiet.
 */
export const QUEUE_PLACES = [
  'still_failing',
  'grave_unanswered',
  'grave_late',
  'grave_worked',
  'late',
  'unanswered',
  'rest',
] as const
export type QueuePlace = (typeof QUEUE_PLACES)[number]

export function queuePlace(facts: DueFacts): QueuePlace {
  if (facts.stillFailingAt) return 'still_failing'
  const late = somethingMissed(facts) !== null
  const unanswered = facts.state === 'received'
  if (facts.level < GRAVE_LEVEL) return late ? 'late' : unanswered ? 'unanswered' : 'rest'
  if (late) return 'grave_late'
  if (unanswered) return 'grave_unanswered'
  return STATES[facts.state].waitsFor === 'cell' ? 'grave_worked' : 'rest'
}

export function queueRank(facts: DueFacts): number {
  return QUEUE_PLACES.indexOf(queuePlace(facts))
}

const OVERDUE: QueuePlace[] = ['still_failing', 'grave_late', 'late']
const OVERDUE_RANKS = OVERDUE.map((place) => QUEUE_PLACES.indexOf(place))

/** Something is missed or still failing: by its place alone. */
export function isOverdue(rank: number): boolean {
  return OVERDUE_RANKS.includes(rank)
}

/** The same, asked of the database: a condition on `queue_rank`, which stands in the index of the queue. */
export const OVERDUE_IN_SQL = `queue_rank in (${OVERDUE_RANKS.join(', ')})`

/** What is owed when a case is raised: sooner, never later. Tests of its own from N2 on, unless it is restored already. */
export function owedWhenRaised(
  row: Pick<DueFacts, 'level' | 'acknowledgedAt' | 'ackDueAt' | 'checkDueAt' | 'nextContactAt'> & {
    restoredAt: Date | null
  },
  level: Level,
  now: Date,
): Pick<DueFacts, 'ackDueAt' | 'checkDueAt' | 'nextContactAt'> {
  const clocks = clocksFrom(level, now)
  return {
    ackDueAt: row.acknowledgedAt ? row.ackDueAt : earliest(row.ackDueAt, clocks.ackDueAt),
    checkDueAt: row.level < 2 && !row.restoredAt ? clocks.checkDueAt : row.checkDueAt,
    nextContactAt: earliest(row.nextContactAt, defaultPromise(level, now)),
  }
}

function earliest(a: Date | null, b: Date): Date {
  return a && a < b ? a : b
}

/** The hours owed from a level: at the report, at a change of level, at a re-opening. */
export function clocksFrom(level: Level, start: Date): { ackDueAt: Date; checkDueAt: Date | null } {
  const { ackMin, checkMin } = LEVEL_CLOCK[level]
  return {
    ackDueAt: new Date(start.getTime() + ackMin * MINUTE),
    checkDueAt: checkMin === null ? null : new Date(start.getTime() + checkMin * MINUTE),
  }
}
