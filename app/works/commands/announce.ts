import { and, eq, inArray, isNull } from 'drizzle-orm'
import { type Actor, actorName } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { administer, writeDown } from '#app/directory/commands/administer.ts'
import { works } from '#db/schema/supervision.ts'
import type { Tx } from '#db/transaction.ts'
import { judgeWorks, type Works } from '../rules/works-line.ts'

const CHAIN = 'works'
export type Announced = {
  announced: number
  changed: number
  known: number
  refused: { line: number; field: string; key: string }[]
}

/** Works as their operators name them: announced once, changed when they are told otherwise. Bad lines are named, the good ones kept. */
export function announceWorks(
  actor: Actor,
  lines: readonly { line: number; raw: unknown }[],
  now: Date,
): Promise<Result<Announced>> {
  return administer(actor, 'works.announce', async (tx, teller) => {
    const said: Announced = { announced: 0, changed: 0, known: 0, refused: [] }
    const judged = lines.map(({ line, raw }) => ({ line, verdict: judgeWorks(raw, now.getTime()) }))
    const before = await announcedBefore(
      tx,
      judged.flatMap(({ verdict }) => (verdict.ok ? [verdict.works.reference] : [])),
    )
    for (const { line, verdict } of judged)
      if (verdict.ok) said[await keep(tx, teller, verdict.works, before, now)] += 1
      else said.refused.push({ line, field: verdict.field, key: verdict.key })
    return done(said)
  })
}

/** One from a form: what is wrong stands beside its field. */
export async function announceOne(
  actor: Actor,
  raw: Record<string, unknown>,
  now: Date,
): Promise<Result<Announced>> {
  const verdict = judgeWorks(raw, now.getTime())
  if (!verdict.ok)
    return { ok: false, reason: { key: verdict.key }, fields: { [verdict.field]: { key: verdict.key } } }
  return announceWorks(actor, [{ line: 1, raw }], now)
}

type Row = typeof works.$inferSelect
/** By operator and reference. */
type Before = Map<string, Row>

async function announcedBefore(tx: Tx, references: string[]): Promise<Before> {
  if (references.length === 0) return new Map()
  const rows = await tx.select().from(works).where(inArray(works.reference, references)).for('update')
  return new Map(rows.map((row) => [keyOf(row), row]))
}

function keyOf({ operator, reference }: Pick<Row, 'operator' | 'reference'>): string {
  return JSON.stringify([operator, reference])
}

async function keep(
  tx: Tx,
  actor: Actor,
  said: Works,
  known: Before,
  now: Date,
): Promise<'announced' | 'changed' | 'known'> {
  const { from, to, ...rest } = said
  const row = { ...rest, fromAt: new Date(from), toAt: new Date(to), cancelledAt: null }
  const before = known.get(keyOf(said))
  const same =
    before &&
    (Object.keys(row) as (keyof typeof row)[]).every(
      (key) => JSON.stringify(before[key]) === JSON.stringify(row[key]),
    )
  if (same) return 'known'
  const [kept] = before
    ? await tx.update(works).set(row).where(eq(works.id, before.id)).returning()
    : await tx
        .insert(works)
        .values({ ...row, announcedAt: now, announcedByName: actorName(actor) })
        .returning()
  // Told twice in one file, the second is of what the first made it.
  if (kept) known.set(keyOf(kept), kept)
  await writeDown(
    tx,
    actor,
    CHAIN,
    before ? 'works.changed' : 'works.announced',
    { name: said.title, reference: said.reference, territories: said.territories, numbers: said.numbers },
    now,
  )
  return before ? 'changed' : 'announced'
}

export function cancelWorks(
  actor: Actor,
  { worksId }: { worksId: number },
  now: Date,
): Promise<Result<null>> {
  return administer(actor, 'works.announce', async (tx, teller) => {
    const [row] = await tx
      .update(works)
      .set({ cancelledAt: now })
      .where(and(eq(works.id, worksId), isNull(works.cancelledAt)))
      .returning()
    if (!row) return refused('works.refused.gone')
    await writeDown(tx, teller, CHAIN, 'works.cancelled', { name: row.title, reference: row.reference }, now)
    return done(null)
  })
}
