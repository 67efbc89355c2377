import { and, eq, gt, isNull } from 'drizzle-orm'
import { type Actor, isCell, isLead } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { mayBeOnCall, overlaps, type Way } from '#app/crisis/rules/roster.ts'
import { clockInForce } from '#app/crisis/thresholds.ts'
import { account } from '#db/schema/account.ts'
import { contactWay, rosterShift } from '#db/schema/crisis.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type {
  cancelShiftInput,
  Input,
  shiftInput,
  swapShiftInput,
  verifyWayInput,
  wayInput,
} from '../input.ts'

/** Puts a person on call. Refused without two verified ways to be reached: one of them may be what fails. */
export function addShift(
  actor: Actor,
  input: Input<typeof shiftInput>,
  now: Date,
): Promise<Result<{ shiftId: number }>> {
  return asActor(actor, async (tx) => {
    if (!isLead(actor)) return refused('cell.refused.lead_only')
    if (input.toAt <= now) return refusedField('toAt', 'cell.invalid.shift_past')
    const verdict = await judgePerson(tx, input, now)
    if (verdict) return verdict
    const [made] = await tx.insert(rosterShift).values(input).returning({ id: rosterShift.id })
    const shiftId = made?.id as number
    await append(tx, actor, {
      chain: 'roster',
      at: now,
      event: 'roster.shift_added',
      visibility: 'internal',
      data: { shiftId, ...written(input) },
    })
    return { ok: true, value: { shiftId } }
  })
}

export function cancelShift(
  actor: Actor,
  input: Input<typeof cancelShiftInput>,
  now: Date,
): Promise<Result<{ cancelled: boolean }>> {
  return asActor(actor, async (tx) => {
    if (!isLead(actor)) return refused('cell.refused.lead_only')
    const [gone] = await tx
      .update(rosterShift)
      .set({ cancelledAt: now })
      .where(and(eq(rosterShift.id, input.shiftId), isNull(rosterShift.cancelledAt)))
      .returning()
    if (!gone) return refused('cell.refused.absent')
    await append(tx, actor, {
      chain: 'roster',
      at: now,
      event: 'roster.shift_cancelled',
      visibility: 'internal',
      text: input.reason,
      data: { shiftId: gone.id, ...written(gone) },
    })
    return { ok: true, value: { cancelled: true } }
  })
}

/** Échange: another person takes what is left of a shift; the part already held stays with who held it. */
export function swapShift(
  actor: Actor,
  input: Input<typeof swapShiftInput>,
  now: Date,
): Promise<Result<{ shiftId: number }>> {
  return asActor(actor, async (tx) => {
    const [held] = await tx
      .select()
      .from(rosterShift)
      .where(and(eq(rosterShift.id, input.shiftId), isNull(rosterShift.cancelledAt)))
      .for('update')
    if (!held || held.toAt <= now) return refused('cell.refused.absent')
    const own = actor.kind === 'account' && isCell(actor) && actor.accountId === held.accountId
    if (!isLead(actor) && !own) return refused('cell.refused.lead_only')
    const fromAt = held.fromAt > now ? held.fromAt : now
    const taken = { accountId: input.accountId, role: held.role, rank: held.rank, fromAt, toAt: held.toAt }
    const verdict = await judgePerson(tx, taken, now, held.id)
    if (verdict) return verdict
    const [taker] = await tx
      .select({ name: account.name })
      .from(account)
      .where(eq(account.id, input.accountId))
    await tx
      .update(rosterShift)
      .set(held.fromAt < now ? { toAt: now } : { cancelledAt: now })
      .where(eq(rosterShift.id, held.id))
    const [made] = await tx
      .insert(rosterShift)
      .values({ ...taken, swapOfId: held.id })
      .returning({ id: rosterShift.id })
    const shiftId = made?.id as number
    await append(tx, actor, {
      chain: 'roster',
      at: now,
      event: 'roster.shift_swapped',
      visibility: 'internal',
      text: input.reason,
      data: {
        shiftId,
        swapOfId: held.id,
        from: held.accountId,
        holder: taker?.name ?? '',
        ...written(taken),
      },
    })
    return { ok: true, value: { shiftId } }
  })
}

/** A way to be reached, not yet proved. */
export function addWay(
  actor: Actor,
  input: Input<typeof wayInput>,
  now: Date,
): Promise<Result<{ wayId: number }>> {
  return asActor(actor, async (tx) => {
    if (!mayWriteWays(actor, input.accountId)) return refused('cell.refused.lead_only')
    const [made] = await tx
      .insert(contactWay)
      .values(input)
      .onConflictDoUpdate({
        target: [contactWay.accountId, contactWay.value],
        set: { active: true, kind: input.kind },
      })
      .returning({ id: contactWay.id })
    // The number itself stays out of the journal: it is a person's own.
    await append(tx, actor, {
      chain: 'roster',
      at: now,
      event: 'roster.way_changed',
      visibility: 'internal',
      data: { accountId: input.accountId, kind: input.kind },
    })
    return { ok: true, value: { wayId: made?.id as number } }
  })
}

/** A lead rang it, and it rang: proved to arrive. */
export function verifyWay(
  actor: Actor,
  input: Input<typeof verifyWayInput>,
  now: Date,
): Promise<Result<{ verified: boolean }>> {
  return asActor(actor, async (tx) => {
    if (!isLead(actor)) return refused('cell.refused.lead_only')
    const [way] = await tx
      .update(contactWay)
      .set({ verifiedAt: now })
      .where(eq(contactWay.id, input.wayId))
      .returning({ accountId: contactWay.accountId, kind: contactWay.kind })
    if (!way) return refused('cell.refused.absent')
    await append(tx, actor, {
      chain: 'roster',
      at: now,
      event: 'roster.way_changed',
      visibility: 'internal',
      data: { ...way, verified: true },
    })
    return { ok: true, value: { verified: true } }
  })
}

export function removeWay(
  actor: Actor,
  input: Input<typeof verifyWayInput>,
  now: Date,
): Promise<Result<{ removed: boolean }>> {
  return asActor(actor, async (tx) => {
    const [way] = await tx.select().from(contactWay).where(eq(contactWay.id, input.wayId))
    if (!way || !mayWriteWays(actor, way.accountId)) return refused('cell.refused.absent')
    await tx.update(contactWay).set({ active: false, verifiedAt: null }).where(eq(contactWay.id, way.id))
    await append(tx, actor, {
      chain: 'roster',
      at: now,
      event: 'roster.way_changed',
      visibility: 'internal',
      data: { accountId: way.accountId, kind: way.kind, removed: true },
    })
    return { ok: true, value: { removed: true } }
  })
}

function mayWriteWays(actor: Actor, accountId: number): boolean {
  return isLead(actor) || (actor.kind === 'account' && isCell(actor) && actor.accountId === accountId)
}

type Wanted = {
  accountId: number
  role: 'agent' | 'lead' | 'director' | 'admin'
  rank: number
  fromAt: Date
  toAt: Date
}

async function judgePerson(tx: Tx, wanted: Wanted, now: Date, except?: number) {
  const [person] = await tx
    .select({ active: account.active, role: account.role, name: account.name })
    .from(account)
    .where(eq(account.id, wanted.accountId))
  if (!person?.active || person.role === 'reporter')
    return refusedField('accountId', 'cell.refused.no_such_person')
  const ways = await tx
    .select()
    .from(contactWay)
    .where(and(eq(contactWay.accountId, wanted.accountId), eq(contactWay.active, true)))
  const reach: Way[] = ways.map((way) => ({
    kind: way.kind,
    value: way.value,
    verifiedAt: way.verifiedAt?.getTime() ?? null,
  }))
  const verdict = mayBeOnCall(reach, now.getTime(), await clockInForce(tx))
  if (!verdict.allowed) return refusedField('accountId', verdict.key, verdict.values)
  const held = await tx
    .select()
    .from(rosterShift)
    .where(
      and(
        eq(rosterShift.accountId, wanted.accountId),
        isNull(rosterShift.cancelledAt),
        gt(rosterShift.toAt, now),
      ),
    )
  const clash = overlaps(held.filter((one) => one.id !== except).map(asShift), asShift({ ...wanted, id: 0 }))
  return clash ? refusedField('fromAt', 'cell.refused.overlap') : null
}

function asShift(row: Wanted & { id: number }) {
  return {
    accountId: row.accountId,
    name: '',
    role: row.role,
    rank: row.rank,
    from: row.fromAt.getTime(),
    to: row.toAt.getTime(),
  }
}

function written(shift: Wanted) {
  return {
    accountId: shift.accountId,
    role: shift.role,
    rank: shift.rank,
    fromAt: shift.fromAt.toISOString(),
    toAt: shift.toAt.toISOString(),
  }
}
