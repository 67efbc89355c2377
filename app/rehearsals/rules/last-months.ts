import type { Voice } from '#app/incidents/rules/heard.ts'
import { instants, type Learnt } from '#app/incidents/rules/learning.ts'
import { Watch, type WatchLimits } from '#app/incidents/rules/watch.ts'

export type Counted = { proposed: number; activated: number }

/**
 * How often thresholds would have asked a person, and let silence activate, on what a desk has heard, judged with what it now
 * takes for usual. In steps: who calls may do something else in between.
 */
export function* countOn(
  voices: readonly Voice[],
  { baseline, tails }: Learnt,
  limits: WatchLimits,
): Generator<void, Counted> {
  const watch = new Watch()
  const counted: Counted = { proposed: 0, activated: 0 }
  let judged = 0
  for (const [at, news] of instants(voices)) {
    const said = watch.hear(at, news, baseline, tails, limits)
    counted.proposed += said.founded.length + said.again.length
    counted.activated += said.sure.length
    judged += 1
    if (judged % 200 === 0) yield
  }
  return counted
}
