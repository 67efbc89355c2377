import type { CaseState } from '#db/schema/cases.ts'
import type { Action } from './lifecycle.ts'

/** A promise is due so soon that keeping it comes before anything else: a third of the shortest update interval. */
export const PROMISE_SOON_MIN = 10

export type StepFacts = {
  state: CaseState
  verified: boolean
  /** Somebody of the directory, whom a call-back can authenticate. */
  known: boolean
  checkDueAt: Date | null
  nextContactAt: Date | null
}

/**
 * The moves to propose first, the best one before the others: what the desk would do at three in the morning with no
 * time to think. The page takes the first that `judge` allows; it decides nothing.
 */
export function nextSteps(facts: StepFacts, now: Date): Action[] {
  switch (facts.state) {
    case 'received':
      return ['acknowledge']
    case 'acknowledged':
    case 'checking':
    case 'diagnosed':
    case 'workaround':
      return working(facts, now)
    case 'waiting_reporter':
      return promiseSoon(facts, now) ? ['update', 'log_attempt'] : ['log_attempt', 'update']
    case 'restored':
      // Confirmed by telephone; or, when three attempts found nobody, closed.
      return ['close', 'confirm']
    case 'confirmed':
      return ['close', 'update']
    case 'closed':
    case 'out_of_scope':
      return ['reopen', 'note']
    case 'duplicate':
      return ['note']
  }
}

function working(facts: StepFacts, now: Date): Action[] {
  if (!facts.verified && facts.known) return ['verify']
  if (promiseSoon(facts, now)) return ['update']
  if (facts.checkDueAt) return ['record_tests']
  switch (facts.state) {
    case 'checking':
      return ['diagnose']
    case 'diagnosed':
    case 'workaround':
      return ['restore']
    default:
      return ['update']
  }
}

function promiseSoon({ nextContactAt }: StepFacts, now: Date): boolean {
  return nextContactAt !== null && nextContactAt.getTime() - now.getTime() <= PROMISE_SOON_MIN * 60_000
}
