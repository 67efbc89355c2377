import type { Drill } from '#app/drills/rules/drill.ts'
import { FRENCH_VITAL, factsOfDrill, replay } from '#app/drills/rules/replay.ts'
import { priorFromDirectory } from '#app/incidents/rules/baseline.ts'
import { heard } from '#app/incidents/rules/heard.ts'
import { nothingLearnt } from '#app/incidents/rules/learning.ts'
import { COUNTRY_SCOPE } from '#app/incidents/rules/scopes.ts'
import { correlationValues } from '#app/incidents/rules/thresholds.ts'
import { usualAt } from '#app/incidents/rules/usual.ts'
import { BURST } from '#app/supervision/rules/burst.ts'
import { nothingHeard, PooledWatch } from '#app/supervision/rules/cusum.ts'
import { fusedYears } from '#app/supervision/rules/fusion.ts'
import { type Loss, playCalls, testLife, usualOf } from './test-calls.ts'

const MINUTE = 60_000
/** What is assumed of ordinary days: one call in two hundred and fifty fails for nothing, a dozen destinations a day for a while. */
export const ORDINARY = { perMinute: 27, share: 0.004, faultsPerDay: 12 }
/** Ordinary calls before the loss. */
const BEFORE_MIN = 180
const LOOKED_MIN = 90

export type Minutes = { median: number | null; worst: number | null; missed: number }

/** The same loss found by reports alone, by test calls alone, and by both: minutes from its beginning. SIMULATED. */
export type Together = {
  runs: number
  share: number
  reports: number | null
  probes: Minutes
  fused: Minutes
}

/** Plays a drill's reports beside test calls that lose this share from its first minute on. */
export function together(drill: Drill, share: number, runs: number): Together {
  const values = correlationValues()
  const vital = FRENCH_VITAL
  const facts = factsOfDrill(drill)
  const voices = facts.flatMap((fact) => heard(fact, vital) ?? [])
  const { baseline } = nothingLearnt(priorFromDirectory(new Set(facts.map((fact) => fact.organisation)).size))
  const alone: (number | null)[] = []
  const fused: (number | null)[] = []
  for (let seed = 1; seed <= runs; seed += 1) {
    const life = {
      ...ORDINARY,
      seed: seed * 7919,
      days: (BEFORE_MIN + LOOKED_MIN) / 1440,
      loss: { fromMin: BEFORE_MIN, share, of: {} },
    }
    const watch = new PooledWatch(nothingHeard(), usualOf(life))
    let first: number | null = null
    let both: number | null = null
    for (const call of testLife(life)) {
      watch.hear(call)
      const minute = call.at / MINUTE - BEFORE_MIN
      if (minute < 0 || !call.failed) continue
      const [rarest] = watch.standing()
      if (!rarest || rarest.kind === 'probe') continue
      const now = drill.t0 + minute * MINUTE
      const since = now - 120 * MINUTE
      const said = voices.filter((voice) => voice.at <= now && voice.at >= since).length
      const years = fusedYears(rarest.years, said, usualAt(baseline, now).weight(COUNTRY_SCOPE, since))
      const isAlone = rarest.years >= values.probeDays / 365
      if (both === null && (isAlone || (said > 0 && years >= values.activateDays / 365))) both = minute
      if (isAlone) {
        first = minute
        break
      }
    }
    alone.push(first)
    fused.push(both)
  }
  return {
    runs,
    share,
    reports: replay(drill).crisisProposed,
    probes: minutesOf(alone),
    fused: minutesOf(fused),
  }
}

export type Losses = {
  simulated: true
  quiet: { days: number; false: number; probesFound: number }
  losses: { name: string; found: Minutes }[]
  burst: Minutes
}

/** Quiet days, losses of every scope, and a département wholly lost that a burst confirms. SIMULATED. */
export function rehearseCalls({ days, seeds, runs }: { days: number; seeds: number; runs: number }): Losses {
  const years = correlationValues().probeDays / 365
  const quiet = Array.from({ length: seeds }, (_, n) =>
    playCalls({ ...ORDINARY, seed: n + 1, days }, years),
  ).flat()
  const losses: [string, Loss['of'], number][] = [
    ['national-11', {}, 0.11],
    ['one-operator', { operator: 'alpha' }, 1],
    ['one-operator-30', { operator: 'alpha' }, 0.3],
    ['one-region-40', { area: 'R84' }, 0.4],
    ['one-number-20', { number: '15' }, 0.2],
  ]
  return {
    simulated: true,
    quiet: {
      days: days * seeds,
      false: quiet.filter(({ kind }) => kind !== 'probe').length,
      probesFound: quiet.filter(({ kind }) => kind === 'probe').length,
    },
    losses: losses.map(([name, of, share]) => ({
      name,
      found: minutesOf(each(runs, (seed) => foundAfter(seed, of, share, years))),
    })),
    burst: minutesOf(each(runs, (seed) => burstAfter(seed))),
  }
}

function foundAfter(seed: number, of: Loss['of'], share: number, years: number): number | null {
  const life = {
    ...ORDINARY,
    seed: seed * 31,
    days: (BEFORE_MIN + LOOKED_MIN) / 1440,
    loss: { fromMin: BEFORE_MIN, share, of },
  }
  return playCalls(life, years).find(({ minutes, kind }) => minutes >= 0 && kind !== 'probe')?.minutes ?? null
}

/** The first failing call of a département that loses everything, and the burst after it at its slowest. */
function burstAfter(seed: number): number | null {
  const life = {
    ...ORDINARY,
    seed: seed * 17,
    days: (BEFORE_MIN + LOOKED_MIN) / 1440,
    loss: { fromMin: BEFORE_MIN, share: 1, of: { territory: '59' } },
  }
  for (const call of testLife(life))
    if (call.territory === '59' && call.failed && call.at >= BEFORE_MIN * MINUTE)
      return (call.at + BURST.withinMs) / MINUTE - BEFORE_MIN
  return null
}

function each<T>(runs: number, of: (seed: number) => T): T[] {
  return Array.from({ length: runs }, (_, n) => of(n + 1))
}

/** Over several runs; `missed`: those that never found it. */
export function minutesOf(found: readonly (number | null)[]): Minutes {
  const sorted = found.flatMap((one) => (one === null ? [] : [one])).sort((a, b) => a - b)
  const tenth = (minute: number | undefined) => (minute === undefined ? null : Math.round(minute * 10) / 10)
  return {
    median: tenth(sorted[sorted.length >> 1]),
    worst: tenth(sorted.at(-1)),
    missed: found.length - sorted.length,
  }
}
