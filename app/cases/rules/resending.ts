import type { CaseState } from '#db/schema/cases.ts'
import { REOPEN_WITHIN_HOURS } from './permissions.ts'

/**
 * A message that was not answered is sent again within seconds or a few minutes. [D] 5: after that, a machine that says
 * the same of a failure that was over says that it fails again; one that repeats for longer does no harm, a person looks.
 */
export const SENT_AGAIN_WITHIN_MIN = 5

/** The case that the key made, as it is now. */
export type First = {
  state: CaseState
  receivedAt: Date
  closedAt: Date | null
  /** A duplicate: whether the case it repeats is still worked on. */
  originalOpen: boolean
}

/** What arrived under the same key. A person sees the first case in the answer; a machine may see nothing. */
export type Resent = { sameContent: boolean; byMachine: boolean }

/**
 * What a key (submission id, externalId) that was used before means now. `same`: the same report, the same case.
 * `otherwise`: another content, nothing is made and the sender is told which case has the key. `fails_again`: the case
 * goes back to work. `new_case`: the first is over, the key begins anew with a case linked to it.
 */
export type Resending = 'same' | 'otherwise' | 'fails_again' | 'new_case'

export function judgeResending(first: First, { sameContent, byMachine }: Resent, now: Date): Resending {
  if (!sameContent) return isOver(first) ? 'new_case' : 'otherwise'
  const since = now.getTime() - first.receivedAt.getTime()
  if (!byMachine || since < SENT_AGAIN_WITHIN_MIN * 60_000) return 'same'
  switch (first.state) {
    case 'received':
    case 'acknowledged':
    case 'checking':
    case 'diagnosed':
    case 'workaround':
    case 'waiting_reporter':
      return 'same'
    case 'restored':
    case 'confirmed':
      return 'fails_again'
    case 'closed':
      return keepsItsNumber(first, now) ? 'fails_again' : 'new_case'
    case 'duplicate':
      return first.originalOpen ? 'same' : 'new_case'
    case 'out_of_scope':
      return 'new_case'
  }
}

function isOver({ state, originalOpen }: First): boolean {
  return state === 'closed' || state === 'out_of_scope' || (state === 'duplicate' && !originalOpen)
}

function keepsItsNumber({ closedAt }: First, now: Date): boolean {
  return closedAt !== null && now.getTime() - closedAt.getTime() <= REOPEN_WITHIN_HOURS * 3_600_000
}
