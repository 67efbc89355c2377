import { Learner } from '#app/incidents/rules/learning.ts'
import { watchLimits } from '#app/incidents/rules/thresholds.ts'
import { Watch } from '#app/incidents/rules/watch.ts'
import { FAILURES, failureAt } from '#app/rehearsals/rules/failures.ts'
import { LEVELS, ordinaryLife } from '#app/rehearsals/rules/life.ts'
import { saidOf } from '#app/rehearsals/rules/play.ts'

const DAY = 24 * 3_600_000
const BEGINS = Date.parse('2026-06-02T16:45:00+02:00')
const REPORTS = 500
const WITHIN_MS = 600_000

export type DetectionCost = {
  reports: number
  msEach: Record<'p50' | 'p95' | 'p99', number>
  learnYearMs: number
}

/** Processor time of one report in the rules, in a failure of the whole country, five hundred in ten minutes, after a busy month. */
export function detectionCost(): DetectionCost {
  const from = BEGINS - 30 * DAY
  const past = saidOf(ordinaryLife({ seed: 1, from, days: 30, perDay: LEVELS.high })).map(
    ({ voice }) => voice,
  )
  const learner = new Learner(7)
  const started = performance.now()
  learner.read(past, { from, to: BEGINS })
  const learnYearMs = Math.round((performance.now() - started) * (365 / 30))
  const watch = new Watch()
  watch.recall(past.filter((voice) => voice.at > BEGINS - DAY))
  const national = FAILURES[0] as (typeof FAILURES)[number]
  const wave = [1, 2, 3, 4, 5]
    .flatMap((seed) => failureAt(national, BEGINS, seed))
    .slice(0, REPORTS)
    .map((line, rank) => ({
      ...line,
      at: BEGINS + Math.floor((rank * WITHIN_MS) / REPORTS),
      organisation: `${line.organisation} ${rank}`,
    }))
  const costs = saidOf(wave).map(({ voice }) => {
    const begun = process.cpuUsage()
    const { baseline, tails } = learner.learnt
    // A life numbers its reports from one, as the month before did.
    watch.hear(voice.at, [{ ...voice, id: voice.id + 1_000_000 }], baseline, tails, watchLimits())
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  })
  costs.sort((a, b) => a - b)
  const at = (share: number) => Math.round((costs[Math.ceil(share * costs.length) - 1] ?? 0) * 100) / 100
  return { reports: costs.length, msEach: { p50: at(0.5), p95: at(0.95), p99: at(0.99) }, learnYearMs }
}
