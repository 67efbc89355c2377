import { type CrisisClock, minutesLeft, silenceActivatesAt } from './clock.ts'
import { type ClockValues, clockValues } from './thresholds.ts'

/** Déclenchement. A proposal of the crisis cell as the decision reads it; instants in epoch ms. */
export type OpenProposal = {
  key: string
  level: 'check' | 'N3' | 'crisis'
  proposedAt: number
  /** From when it is too rare for chance: silence may activate. Null: only a person may; absent: from the beginning. */
  sureAt?: number | null
  clock: CrisisClock
  decision: Decision | null
  /** First qualifying report of its group after a refusal; kept when it is decided again. */
  reopenedAt: number | null
}

/** To decline needs a name and a reason; the door checks that both are there. */
export type Decision = { kind: 'accepted' | 'declined'; at: number; by: string; reason: string | null }

export type ActivationVerdict =
  | { kind: 'wait'; key: string }
  | { kind: 'ask'; key: string; proposal: string; silenceAt: number | null; minutesLeft: number }
  | {
      kind: 'activate'
      by: 'person' | 'silence'
      at: number
      proposal: string
      key: string
      name: string | null
    }

/**
 * Activate, ask, or wait. A person's yes activates at once. Silence activates by itself, since the default of a machine
 * that nobody answers is to wake people; only a named refusal stops it, and news re-opens what was refused. `at` is the
 * instant the rule says, not the instant somebody looked: a worker restarted late activates as of then.
 */
export function decide(
  now: number,
  proposals: readonly OpenProposal[],
  values: ClockValues = clockValues(),
): ActivationVerdict {
  const crises = proposals.filter((one) => one.level === 'crisis' && one.proposedAt <= now)
  if (crises.length === 0) return { kind: 'wait', key: 'triggers.activation.nothing_proposed' }

  const accepted = crises
    .flatMap((one) => (one.decision?.kind === 'accepted' ? [{ one, decision: one.decision }] : []))
    .filter(({ decision }) => decision.at <= now)
    .sort((a, b) => a.decision.at - b.decision.at)[0]
  const silent = crises
    .flatMap((one) => {
      const at = silenceOf(one, now, values)
      return at === null ? [] : [{ one, at }]
    })
    .sort((a, b) => a.at - b.at || (a.one.key < b.one.key ? -1 : 1))[0]
  const asked = crises
    .filter((one) => isAsked(one, now))
    .sort((a, b) => a.proposedAt - b.proposedAt || (a.key < b.key ? -1 : 1))[0]

  if (accepted && !(silent && silent.at < accepted.decision.at)) {
    const { one, decision } = accepted
    const key = 'triggers.activation.by_person'
    return { kind: 'activate', by: 'person', at: decision.at, proposal: one.key, key, name: decision.by }
  }
  if (silent && silent.at <= now) {
    const key = 'triggers.activation.by_silence'
    return { kind: 'activate', by: 'silence', at: silent.at, proposal: silent.one.key, key, name: null }
  }
  const one = silent?.one ?? asked
  if (!one) return { kind: 'wait', key: 'triggers.activation.declined' }
  const key = silent ? 'triggers.activation.asking' : 'triggers.activation.asking_person'
  const left = minutesLeft(one.clock, now)
  return { kind: 'ask', key, proposal: one.key, silenceAt: silent?.at ?? null, minutesLeft: left }
}

/** Nobody has answered it, or news came after the refusal. */
function isAsked({ decision, reopenedAt }: OpenProposal, now: number): boolean {
  if (decision === null || decision.at > now) return true
  return decision.kind === 'declined' && reopenedAt !== null && reopenedAt <= now && reopenedAt > decision.at
}

/**
 * When silence about it activates; null when somebody answered in time. An answer that came after that instant came to a
 * cell already active: a person ends a crisis by leaving it, not by declining it afterwards.
 */
function silenceOf(proposal: OpenProposal, now: number, values: ClockValues): number | null {
  const { decision, reopenedAt, proposedAt, clock } = proposal
  const sureAt = proposal.sureAt === undefined ? proposedAt : proposal.sureAt
  // What chance may have made is a person's to decide: silence calls on, and decides nothing.
  if (sureAt === null || sureAt > now) return null
  const activates = (askedAt: number) => silenceActivatesAt(clock, askedAt, values, sureAt)
  const news = reopenedAt !== null && reopenedAt <= now ? reopenedAt : null
  if (decision === null || decision.at > now) return activates(proposedAt)
  if (news !== null && news > decision.at && decision.kind === 'declined') return activates(news)
  const asked = activates(news !== null && news <= decision.at ? news : proposedAt)
  return decision.at > asked ? asked : null
}
