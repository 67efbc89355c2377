import { type CrisisClock, minutesLeft, silenceActivatesAt } from './clock.ts'
import { type ClockValues, clockValues } from './thresholds.ts'

/** Déclenchement. A proposal of the crisis cell as the decision reads it; instants in epoch ms. */
export type OpenProposal = {
  key: string
  level: 'check' | 'N3' | 'crisis'
  proposedAt: number
  clock: CrisisClock
  decision: Decision | null
  /** First qualifying report of its group after the last refusal. */
  reopenedAt: number | null
}

/** To decline needs a name and a reason; the door checks that both are there. */
export type Decision = { kind: 'accepted' | 'declined'; at: number; by: string; reason: string | null }

export type ActivationVerdict =
  | { kind: 'wait'; key: string }
  | { kind: 'ask'; key: string; proposal: string; silenceAt: number; minutesLeft: number }
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
      const askedAt = askedSince(one, now)
      return askedAt === null ? [] : [{ one, at: silenceActivatesAt(one.clock, askedAt, values) }]
    })
    .sort((a, b) => a.at - b.at || (a.one.key < b.one.key ? -1 : 1))[0]

  if (accepted && !(silent && silent.at < accepted.decision.at)) {
    const { one, decision } = accepted
    const key = 'triggers.activation.by_person'
    return { kind: 'activate', by: 'person', at: decision.at, proposal: one.key, key, name: decision.by }
  }
  if (!silent) return { kind: 'wait', key: 'triggers.activation.declined' }
  if (silent.at <= now) {
    const key = 'triggers.activation.by_silence'
    return { kind: 'activate', by: 'silence', at: silent.at, proposal: silent.one.key, key, name: null }
  }
  const left = minutesLeft(silent.one.clock, now)
  const key = 'triggers.activation.asking'
  return { kind: 'ask', key, proposal: silent.one.key, silenceAt: silent.at, minutesLeft: left }
}

/** Since when the question stands unanswered; null when it was answered. A decision of the future is none yet. */
function askedSince(proposal: OpenProposal, now: number): number | null {
  const { decision, reopenedAt } = proposal
  if (decision === null || decision.at > now) return proposal.proposedAt
  if (decision.kind === 'accepted') return null
  return reopenedAt !== null && reopenedAt > decision.at && reopenedAt <= now ? reopenedAt : null
}
