import { and, desc, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Actor, actorId, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { cases } from '#db/schema/cases.ts'
import { type CellStateName, cellState, crisis } from '#db/schema/crisis.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { cellStateInput, Input } from '../input.ts'
import { mayChange } from '../rules/cell-state.ts'

/** The newest line of the cell's state in this world; permanent watch before anyone said otherwise. */
export async function cellStateNow(
  tx: Tx,
): Promise<{ state: CellStateName; at: Date | null; byName: string | null }> {
  const [row] = await tx.select().from(cellState).orderBy(desc(cellState.id)).limit(1)
  return { state: row?.state ?? 'permanent_watch', at: row?.at ?? null, byName: row?.byName ?? null }
}

/** Who, when, why, told to whom (DOMAIN §6). Leaving the crisis ends its run; stand-by waits for the last case above N1. */
export function changeCellState(
  actor: Actor,
  input: Input<typeof cellStateInput>,
  now: Date,
): Promise<Result<{ state: CellStateName }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'cell.change_state')) return refused('crisis.refused.lead_only')
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`cell:${exerciseOf(actor) ?? 'real'}`}))`)
    const { state: from } = await cellStateNow(tx)
    const [above] = await tx
      .select({ n: sql<number>`count(*)::int` })
      .from(cases)
      .where(and(sql`app.is_open(${cases.state})`, gt(cases.level, 1)))
    const verdict = mayChange({
      from,
      to: input.to,
      by: actor.kind === 'account' ? actor.name : null,
      why: input.why,
      toldTo: input.toldTo,
      openCasesAboveN1: above?.n ?? 0,
    })
    if (!verdict.allowed) return refused(verdict.key, verdict.values)
    await write(
      tx,
      actor,
      from,
      {
        state: input.to,
        why: input.why,
        toldTo: input.toldTo,
        byId: actorId(actor),
        byName: actor.kind === 'door' ? '' : actor.name,
      },
      now,
    )
    if (from === 'crisis')
      await tx
        .update(crisis)
        .set({ endedAt: now })
        .where(and(isNull(crisis.endedAt), isNotNull(crisis.activatedAt)))
    return { ok: true, value: { state: input.to } }
  })
}

/** The clock's own way in: a crisis proposal accepted, or nobody answered. */
export async function enterCrisis(
  tx: Tx,
  actor: Actor,
  why: { by: string; byId: number | null; silence: boolean; incidentId: number | null },
  now: Date,
): Promise<void> {
  const { state: from } = await cellStateNow(tx)
  if (from === 'crisis') return
  await write(
    tx,
    actor,
    from,
    {
      state: 'crisis',
      why: why.silence ? 'crisis.why.silence' : 'crisis.why.accepted',
      toldTo: [],
      byId: why.byId,
      byName: why.by,
    },
    now,
  )
}

async function write(
  tx: Tx,
  actor: Actor,
  from: CellStateName,
  to: { state: CellStateName; why: string; toldTo: string[]; byId: number | null; byName: string },
  now: Date,
): Promise<void> {
  await tx.insert(cellState).values({ ...to, exerciseId: exerciseOf(actor), at: now })
  await append(tx, actor, {
    chain: 'cell',
    at: now,
    event: 'cell.state_changed',
    visibility: 'internal',
    text: to.why,
    data: { from, to: to.state, by: to.byName, toldTo: to.toldTo },
  })
}
