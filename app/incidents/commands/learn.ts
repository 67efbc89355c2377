import { desc, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { deskBaseline } from '#db/schema/incidents.ts'
import { asActor } from '#db/transaction.ts'
import { pastFacts } from '../facts.ts'
import { priorFromDirectory } from '../rules/baseline.ts'
import { heard } from '../rules/heard.ts'
import { Learner, PAST_MS } from '../rules/learning.ts'

const DAY = 24 * 3_600_000
/** Once a day is often enough for what is usual. */
const EVERY_MS = DAY
/** Voices learnt from: a year at a hundred and fifty reports a day. */
const MOST_VOICES = 50_000
/** A history of fewer says less than the size of the directory. */
const FEWEST = 20

/**
 * Learns what this desk usually hears from its own last year. The real desk alone: an exercise teaches nothing. What turned
 * out to be a crisis is left out. Once a day; run twice it does it once.
 */
export async function learnBaseline(actor: MachineActor, now: Date): Promise<{ learnt: boolean }> {
  if (actor.exerciseId !== null) return { learnt: false }
  const past = await asActor(actor, async (tx) => {
    const [newest] = await tx
      .select({ at: deskBaseline.learntAt })
      .from(deskBaseline)
      .orderBy(desc(deskBaseline.id))
      .limit(1)
    if (newest && now.getTime() - newest.at.getTime() < EVERY_MS) return null
    const [directory] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from organisation`)
    const facts = await pastFacts(tx, new Date(now.getTime() - PAST_MS), now, MOST_VOICES)
    return { ...facts, organisations: directory?.n ?? 0 }
  })
  const voices = past?.facts.flatMap((fact) => heard(fact, past.vitalNumbers) ?? []) ?? []
  if (!past || voices.length < FEWEST) return { learnt: false }
  const from = voices[0]?.at ?? now.getTime()
  const learner = new Learner(priorFromDirectory(past.organisations))
  // A year takes a second or two: the clocks of this process turn in between.
  for (const _ of learner.readInSteps(voices, { from, to: now.getTime() }))
    await new Promise((turned) => setImmediate(turned))
  await asActor(actor, (tx) =>
    tx.insert(deskBaseline).values({
      ...{ learntAt: now, fromAt: new Date(from), reports: voices.length },
      learnt: learner.learnt as unknown as Record<string, unknown>,
    }),
  )
  return { learnt: true }
}
