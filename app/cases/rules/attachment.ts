import type { CaseState } from '#db/schema/cases.ts'
import { type CaseFacts, judgeClosing, type Verdict } from './permissions.ts'
import { isOpen } from './states.ts'

/**
 * Doublon: what is attached is on the clock of the case it is attached to, so that one must be open. A closed one is re-opened
 * first, by somebody who says why: attaching must not give its reporter a promise that nobody made.
 */
export function mayBeMain(main: { state: CaseState }): Verdict {
  if (isOpen(main.state)) return { allowed: true }
  return { allowed: false, key: 'cases.refused.main_not_open', values: { state: main.state } }
}

/** Where an attached case goes when the one it hangs on ends: no failure is left without a clock of its own. */
export type AfterMain =
  /** Its own reporter has confirmed: it ends with it. */
  | { state: 'closed' }
  /** Confirmed, and not yet to be closed, or by a case that was none of ours: somebody closes it. */
  | { state: 'confirmed' }
  /** Restored, says the operator; its own reporter is asked. */
  | { state: 'restored' }
  /** The other was none of ours; this one was never judged by itself. */
  | { state: 'acknowledged' }

export function whenMainEnds(
  mainEnd: 'closed' | 'out_of_scope',
  attached: Pick<CaseFacts, 'confirmedAt' | 'level' | 'contactAttempts' | 'busyMinutesSinceRestored'>,
): AfterMain {
  if (mainEnd === 'out_of_scope') return { state: attached.confirmedAt ? 'confirmed' : 'acknowledged' }
  if (!attached.confirmedAt) return { state: 'restored' }
  return judgeClosing({ ...attached, state: 'confirmed' }).allowed
    ? { state: 'closed' }
    : { state: 'confirmed' }
}
