import { and, arrayContains, eq, inArray, sql } from 'drizzle-orm'
import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { raiseCases, raiseIncident } from '#app/incidents/commands/raise.ts'
import { cases } from '#db/schema/cases.ts'
import { fallback, fallbackTest } from '#db/schema/fallback.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { Input, testInput } from '../input.ts'
import { type FallbackRow, note } from './fallbacks.ts'

/** A failing fallback while the number is down is an N3 (DOMAIN §4). */
const FAILING_LEVEL = 3

/** A call to it, from one network, with its hour. One that fails raises the cases that lean on it, at once. */
export function testFallback(
  actor: Actor,
  input: Input<typeof testInput>,
  now: Date,
): Promise<Result<{ raised: number }>> {
  return asActor(actor, (tx) => logTest(tx, actor, input, now))
}

/** The same, within what a command has begun. */
export async function logTest(
  tx: Tx,
  actor: Actor,
  { fallbackId, network, passed, tried }: Input<typeof testInput>,
  now: Date,
): Promise<Result<{ raised: number }>> {
  if (actor.kind === 'door' || !may(actor, 'instructions.write')) return refused('fallbacks.refused.absent')
  const [one] = await tx.select().from(fallback).where(eq(fallback.id, fallbackId)).for('update')
  if (!one) return refused('fallbacks.refused.absent')
  if (one.state === 'closed') return refused('fallbacks.refused.closed')
  await tx.insert(fallbackTest).values({
    exerciseId: exerciseOf(actor),
    fallbackId,
    ...{ network, passed, tried, at: now, byName: actor.name },
  })
  const fails = passed < tried
  await note(tx, actor, one, {
    event: fails ? 'fallback.failed' : 'fallback.tested',
    at: now,
    data: { network, passed, tried },
  })
  const raised = fails && one.state === 'open' ? await raise(tx, actor, one, now) : 0
  return { ok: true, value: { raised } }
}

/** The open cases of its number in its territory, and their incidents. */
async function raise(tx: Tx, actor: Actor, one: FallbackRow, now: Date): Promise<number> {
  const leaning = await tx
    .select({ id: cases.id, incidentId: cases.incidentId, level: cases.level })
    .from(cases)
    .where(
      and(
        arrayContains(cases.numbers, [one.covers]),
        eq(cases.qualifies, true),
        sql`app.is_open(${cases.state}) and ${cases.state} not in ('restored', 'confirmed')`,
        sql`${cases.territoryCode} in (select code from territory where ${one.territoryCode} in (code, region_code, zone_code, 'FR'))`,
      ),
    )
  const ids = leaning.map(({ id }) => id)
  if (ids.length === 0) return 0
  await tx.update(cases).set({ fallback: 'failing' }).where(inArray(cases.id, ids))
  await raiseCases(tx, actor, ids, FAILING_LEVEL, now)
  for (const incidentId of new Set(leaning.flatMap((row) => row.incidentId ?? [])))
    await raiseIncident(tx, actor, incidentId, FAILING_LEVEL, now)
  return leaning.filter(({ level }) => level < FAILING_LEVEL).length
}
