import type { CaseState, Closing, Level } from '#db/schema/cases.ts'
import { type Action, FROM } from './lifecycle.ts'

/** Three logged attempts to reach the reporter stand for a confirmation that cannot be had (DOMAIN §6). */
export const ATTEMPTS_BEFORE_CLOSING = 3
/** Within this a re-opened case keeps its number; later it is a new case linked to the old (DOMAIN §6). */
export const REOPEN_WITHIN_HOURS = 24
/** N3 and N4: so many minutes of busy hours must pass after restoration (DOMAIN §6). */
export const BUSY_MINUTES = 60

export type CaseFacts = {
  state: CaseState
  level: Level
  verified: boolean
  vital: boolean
  contactAttempts: number
  confirmedAt: Date | null
  closedAt: Date | null
  /** Minutes of busy hours since the operator restored (rules/busy-hours.ts); null when not restored. */
  busyMinutesSinceRestored: number | null
  claimedById: number | null
  claimedUntil: Date | null
  exercise: boolean
}

export type Viewer = {
  side: 'reporter' | 'cell' | 'machine'
  accountId: number | null
  /** Works cases; a screen on the wall only shows them. */
  works: boolean
  /** A reporter acts for its own organisation; an authority only reads the cases of its territory. */
  ownOrganisation: boolean
  /** Of another organisation, in whose territory it stands as an authority. */
  authority: boolean
}

export type Verdict =
  | { allowed: true }
  | { allowed: false; key: string; values?: Record<string, string | number> }

const CELL_ONLY: ReadonlySet<Action> = new Set<Action>([
  'acknowledge',
  'claim',
  'release',
  'assign',
  'set_level',
  'diagnose',
  'workaround',
  'update',
  'note',
  'verify',
  'attach_duplicate',
  'detach_duplicate',
  'wait_reporter',
  'restore',
  'log_attempt',
  'close',
  'out_of_scope',
  'withdraw',
])

/** May this person do this to this case now? The same verdict shows the button, explains its absence, and guards the command. */
export function judge(action: Action, facts: CaseFacts, viewer: Viewer, now: Date): Verdict {
  // A failure of an emergency number is never unsaid, whoever asks.
  if (action === 'withdraw' && !facts.exercise) return no('cases.refused.never_deleted')
  if (viewer.side === 'reporter') {
    if (CELL_ONLY.has(action)) return no('cases.refused.cell_only')
    if (!viewer.ownOrganisation && !(viewer.authority && action === 'observe'))
      return no('cases.refused.not_your_case')
  } else if (!viewer.works) return no('cases.refused.cell_only')
  if (!FROM[action].includes(facts.state)) {
    if (facts.state === 'received' && FROM[action].includes('acknowledged'))
      return no('cases.refused.acknowledge_first')
    // Which state would: whoever is refused knows what to wait for, or to do first.
    return no('cases.refused.state', {
      state: `@cases.state:${facts.state}`,
      from: `@cases.state:${FROM[action].join(',')}`,
    })
  }
  switch (action) {
    case 'close':
      return judgeClosing(facts)
    case 'reopen':
      return facts.state === 'closed' ? judgeReopening(facts, now) : yes
    case 'still_failing':
      return facts.state === 'closed' ? judgeReopening(facts, now) : yes
    case 'out_of_scope':
      // A verified failure of a vital number cannot be argued away: it closes by confirmation only (invariant 7).
      return facts.verified && facts.vital ? no('cases.refused.verified_vital') : yes
    case 'claim':
      return heldByAnother(facts, viewer, now) ? no('cases.refused.claimed') : yes
    case 'release':
      return facts.claimedById === viewer.accountId ? yes : no('cases.refused.not_claimed_by_you')
    case 'verify':
      return facts.verified ? no('cases.refused.already_verified') : yes
    case 'observe':
      return viewer.authority ? yes : no('cases.refused.authority_only')
    case 'acknowledge':
    case 'assign':
    case 'set_level':
    case 'record_tests':
    case 'diagnose':
    case 'workaround':
    case 'update':
    case 'note':
    case 'complete':
    case 'answer':
    case 'observe_neighbour':
    case 'change_callback':
    case 'attach_file':
    case 'attach_duplicate':
    case 'detach_duplicate':
    case 'wait_reporter':
    case 'restore':
    case 'confirm':
    case 'log_attempt':
    case 'withdraw':
      return yes
  }
}

/**
 * Attempts that count, after this: none once the reporter was heard, by whatever he does or by his words that the cell writes
 * down, and none once he is asked something new. A letter, an authority's or an attached reporter's word is not his: who works
 * the case reads it, and writes it down as his answer if it is.
 */
export function attemptsAfter(action: Action, side: Viewer['side'], attempts: number): number {
  if (action === 'log_attempt') return attempts + 1
  return side === 'reporter' || HEARD.has(action) || ASKED_ANEW.has(action) ? 0 : attempts
}

const HEARD: ReadonlySet<Action> = new Set<Action>(['answer', 'confirm', 'still_failing', 'verify'])
const ASKED_ANEW: ReadonlySet<Action> = new Set<Action>(['restore', 'reopen'])

/** How it closes: by the reporter's word, or without it after the attempts, counted apart. */
export function closingKind(facts: Pick<CaseFacts, 'state' | 'confirmedAt'>): Closing {
  return facts.state === 'confirmed' && facts.confirmedAt ? 'confirmed' : 'unreachable'
}

/** Lowered by a person only, with a reason, and never below N2 before the reporter confirms (DOMAIN §4). */
export function judgeLevel(
  from: Level,
  to: Level,
  facts: Pick<CaseFacts, 'confirmedAt'>,
  reason: string,
): Verdict {
  if (to === from) return no('cases.refused.same_level')
  if (to > from) return yes
  if (!reason.trim()) return no('cases.refused.lowering_needs_reason')
  if (to < 2 && from >= 2 && !facts.confirmedAt) return no('cases.refused.not_below_n2')
  return yes
}

export function heldByAnother(
  facts: Pick<CaseFacts, 'claimedById' | 'claimedUntil'>,
  viewer: Pick<Viewer, 'accountId'>,
  now: Date,
): boolean {
  return (
    facts.claimedById !== null &&
    facts.claimedById !== viewer.accountId &&
    facts.claimedUntil !== null &&
    facts.claimedUntil.getTime() > now.getTime()
  )
}

/** By the reporter's word or after the attempts; an N3 or N4 also waits for a busy hour. */
export function judgeClosing(
  facts: Pick<CaseFacts, 'state' | 'confirmedAt' | 'contactAttempts' | 'level' | 'busyMinutesSinceRestored'>,
): Verdict {
  if (facts.state !== 'confirmed' || !facts.confirmedAt) {
    if (facts.contactAttempts < ATTEMPTS_BEFORE_CLOSING) {
      return no('cases.refused.not_confirmed', {
        attempts: facts.contactAttempts,
        needed: ATTEMPTS_BEFORE_CLOSING,
      })
    }
  }
  if (facts.level >= 3 && (facts.busyMinutesSinceRestored ?? 0) < BUSY_MINUTES) {
    return no('cases.refused.busy_hour', { minutes: BUSY_MINUTES - (facts.busyMinutesSinceRestored ?? 0) })
  }
  return yes
}

function judgeReopening(facts: CaseFacts, now: Date): Verdict {
  const since = facts.closedAt ? now.getTime() - facts.closedAt.getTime() : 0
  return since <= REOPEN_WITHIN_HOURS * 3_600_000
    ? yes
    : no('cases.refused.reopen_too_late', { hours: REOPEN_WITHIN_HOURS })
}

const yes: Verdict = { allowed: true }

function no(key: string, values?: Record<string, string | number>): Verdict {
  return values ? { allowed: false, key, values } : { allowed: false, key }
}
