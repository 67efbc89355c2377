import type { ShownProposal } from '#app/incidents/_parts/proposal.ts'
import { clockFrom, silenceActivatesAt } from '../rules/clock.ts'
import type { ClockValues } from '../rules/thresholds.ts'

/** When silence about it activates; never, while chance may have made it. */
export function silenceOf(one: ShownProposal, values: ClockValues): number {
  if (one.watches && one.sureAt === null) return Number.POSITIVE_INFINITY
  const askedAt = Date.parse(one.reopenedAt ?? one.madeAt)
  const clock = clockFrom(Date.parse(one.reopenedAt ?? one.groupStart), values)
  return silenceActivatesAt(clock, askedAt, values, one.sureAt === null ? askedAt : Date.parse(one.sureAt))
}
