import type { AccountActor } from '#app/_auth/actor.ts'
import { type ClockValues, clockValues, THRESHOLDS, type ThresholdKey } from '#app/crisis/rules/thresholds.ts'
import { replay } from '#app/drills/rules/replay.ts'
import { shippedDrills } from '#app/drills/shipped.ts'
import { pastFacts } from '#app/incidents/facts.ts'
import { learntHere } from '#app/incidents/learnt.ts'
import { heard } from '#app/incidents/rules/heard.ts'
import { PAST_MS } from '#app/incidents/rules/learning.ts'
import { correlationValues, watchLimits } from '#app/incidents/rules/thresholds.ts'
import { threshold } from '#db/schema/incidents.ts'
import { asActor } from '#db/transaction.ts'
import { type Counted, countOn } from './rules/last-months.ts'

/** Answered while somebody waits: the newest so many reports, and the period they cover is said. */
const MOST_REPORTS = 20_000

export type Rehearsed = {
  /** Reports heard, and since when; null when the desk has heard none. */
  past: { reports: number; from: Date } | null
  inForce: Counted
  tried: Counted
  drills: { id: string; title: { fr: string; en: string }; inForce: Minutes; tried: Minutes }[]
}
type Minutes = { proposed: number | null; active: number | null }

type Values = Partial<Record<ThresholdKey, number>>

/** What a threshold would have done, before it is saved: on what this desk heard, and on the drills that come with the product. */
export async function rehearseThreshold(
  actor: AccountActor,
  tried: { key: ThresholdKey; value: number },
  now: Date,
): Promise<Rehearsed> {
  const read = await asActor(actor, async (tx) => {
    const rows = await tx.select().from(threshold)
    const past = await pastFacts(tx, new Date(now.getTime() - PAST_MS), now, MOST_REPORTS, 'all')
    return { ...past, learnt: await learntHere(tx, actor), inForce: inForceOf(rows) }
  })
  const voices = read.facts.flatMap((fact) => heard(fact, read.vitalNumbers) ?? [])
  const other = { ...read.inForce, [tried.key]: tried.value }
  const counted = async (of: Values) => {
    const steps = countOn(voices, read.learnt, rulesOf(of).limits)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      // Who asks waits a second or two; the other pages of this process do not.
      await new Promise((turned) => setImmediate(turned))
    }
  }
  const first = read.facts[0]
  return {
    past: first ? { reports: read.facts.length, from: new Date(first.at) } : null,
    inForce: await counted(read.inForce),
    tried: await counted(other),
    drills: shippedDrills().map(({ drill }) => {
      const minutes = (of: Values): Minutes => {
        const run = replay(drill, rulesOf(of))
        return { proposed: run.crisisProposed, active: run.crisisActive }
      }
      const title = { fr: drill.titleFr, en: drill.title }
      return { id: drill.id, title, inForce: minutes(read.inForce), tried: minutes(other) }
    }),
  }
}

function inForceOf(rows: { key: string; value: number }[]): Values {
  const known = rows.filter((row): row is { key: ThresholdKey; value: number } =>
    Object.hasOwn(THRESHOLDS, row.key),
  )
  return Object.fromEntries(known.map((row) => [row.key, row.value]))
}

function rulesOf(values: Values): { limits: ReturnType<typeof watchLimits>; clock: ClockValues } {
  return { limits: watchLimits(correlationValues(values)), clock: clockValues(values) }
}
