import { priorFromDirectory } from '#app/incidents/rules/baseline.ts'
import { Learner } from '#app/incidents/rules/learning.ts'
import type { WatchLimits } from '#app/incidents/rules/watch.ts'
import type { Line } from './line.ts'
import { play, saidOf } from './play.ts'
import { type Figures, tradeOff } from './rehearse.ts'
import { delaysOf, perYearAt, proposedAt } from './score.ts'

const DAY = 24 * 3_600_000

/** Rehearses the rules on a life that was simulated elsewhere; what fails in it is known by the truth of its lines alone. */
export function rehearseFile(life: readonly Line[], history: readonly Line[], limits: WatchLimits): Figures {
  const learner = new Learner(priorFromDirectory(organisationsOf([...history, ...life])))
  const [first, last] = [life[0]?.at ?? 0, life.at(-1)?.at ?? 0]
  // The past is what came before the life; lines that overlap it would be heard twice.
  const past = history.filter((line) => line.at < first)
  const earlier =
    past.length > 0 ? past : history.map((line) => ({ ...line, at: line.at - shift(history, first) }))
  const span = {
    from: earlier[0]?.at ?? first,
    to: Math.max(earlier.at(-1)?.at ?? 0, (earlier.at(-1)?.at ?? 0) + 1),
  }
  if (earlier.length > 0)
    learner.read(
      saidOf(earlier).map(({ voice }) => voice),
      span,
    )
  const played = play(saidOf(life), learner, limits)
  const years = Math.max(1, last - first) / (365 * DAY)
  const begins = new Map<string, number>()
  for (const line of life) if (line.truth && !begins.has(line.truth)) begins.set(line.truth, line.at)
  const families = Map.groupBy(begins, ([name]) => familyOf(name))
  const minutes = (at: number | null | undefined, name: string) =>
    at == null ? null : (at - (begins.get(name) ?? at)) / 60_000
  return {
    ...{ simulated: true, level: 'file', years: round(years) },
    reportsPerDay: round((life.length / Math.max(1, last - first)) * DAY),
    falseProposalsPerYear: round(played.falseProposals.length / years),
    falseActivationsPerYear: round(played.falseActivations.length / years),
    failures: [...families].map(([name, ones]) => ({
      ...{ name, aimMin: null },
      proposed: delaysOf(ones.map(([one]) => minutes(played.proposed.get(one), one))),
      activated: delaysOf(ones.map(([one]) => minutes(played.activated.get(one), one))),
    })),
    tradeOff: tradeOff(limits, (threshold) => ({
      falsePerYear: round(perYearAt([played], threshold, years)),
      failures: Object.fromEntries(
        [...families].map(([name, ones]) => [
          name,
          delaysOf(ones.map(([one]) => minutes(proposedAt(played, one, threshold), one))),
        ]),
      ),
    })),
  }
}

/** "one_region#12", "one-region 12" and "one-region-12" are the twelfth of one family. */
function familyOf(name: string): string {
  return name.replace(/[\s#:_./-]*\d+$/, '') || name
}

/** A history whose dates lie beside the life is moved to end before it. */
function shift(history: readonly Line[], first: number): number {
  const weeks = Math.ceil(((history.at(-1)?.at ?? first) - first + 1) / (7 * DAY))
  return weeks * 7 * DAY
}

function organisationsOf(lines: readonly Line[]): number {
  return new Set(lines.filter((line) => line.verified).map((line) => line.organisation)).size
}

function round(figure: number): number {
  return Math.round(figure * 100) / 100
}
