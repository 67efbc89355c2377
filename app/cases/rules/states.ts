import type { CaseState } from '#db/schema/cases.ts'

/** What a state means to everything that is not the case itself. */
export type StateMeaning = {
  /** Somebody still owes something: it stands in the queue and has a promised next contact (invariant 6). */
  open: boolean
  /** Acknowledged, and being worked on by the cell. */
  worked: boolean
  /** Whose move is next. While it is the reporter's, a promise may be longer than the level's interval. */
  waitsFor: 'cell' | 'reporter' | 'nobody'
  /** A failure of its own: attached to another it is that one's, out of scope it is none. */
  counts: boolean
}

/**
 * What each state of a case means (DOMAIN §6): the one table. Whoever asks whether a case is open, whom it waits for or whether
 * it counts asks here; the database asks app.is_open and app.counts, made of the same lines and compared with them by a test.
 * A new state breaks the build until its line is written.
 */
export const STATES: Record<CaseState, StateMeaning> = {
  received: { open: true, worked: false, waitsFor: 'cell', counts: true },
  acknowledged: { open: true, worked: true, waitsFor: 'cell', counts: true },
  checking: { open: true, worked: true, waitsFor: 'cell', counts: true },
  diagnosed: { open: true, worked: true, waitsFor: 'cell', counts: true },
  workaround: { open: true, worked: true, waitsFor: 'cell', counts: true },
  waiting_reporter: { open: true, worked: true, waitsFor: 'reporter', counts: true },
  restored: { open: true, worked: false, waitsFor: 'reporter', counts: true },
  confirmed: { open: true, worked: false, waitsFor: 'reporter', counts: true },
  closed: { open: false, worked: false, waitsFor: 'nobody', counts: true },
  duplicate: { open: false, worked: false, waitsFor: 'nobody', counts: false },
  out_of_scope: { open: false, worked: false, waitsFor: 'nobody', counts: false },
}

export function isOpen(state: CaseState): boolean {
  return STATES[state].open
}

export function waitsForReporter(state: CaseState): boolean {
  return STATES[state].waitsFor === 'reporter'
}

/** The states of which this holds, in the order of a case's life. */
export function statesThat(hold: (meaning: StateMeaning) => boolean): CaseState[] {
  return (Object.keys(STATES) as CaseState[]).filter((state) => hold(STATES[state]))
}

/**
 * The bodies of `app.is_open(state)` and `app.counts(state)`: what a migration must say when the table changes. "Not one of
 * those" and never "one of these": a list of values is something an index can be searched for, and the queue would then be
 * gathered state by state and sorted instead of being read in its order.
 */
export function openInSql(): string {
  return noneOf(statesThat((meaning) => !meaning.open))
}

export function countsInSql(): string {
  return noneOf(statesThat((meaning) => !meaning.counts))
}

function noneOf(states: CaseState[]): string {
  return ` select state not in (${states.map((state) => `'${state}'`).join(', ')}) `
}
