import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { type Actor, may } from '#app/_auth/actor.ts'
import { roleMay } from '#app/_auth/rules/roles.ts'
import { type Refusal, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { LONGEST_SHIFT_DAYS, mayBeOnCall, overlaps, partOf, type Way } from '#app/crisis/rules/roster.ts'
import { clockInForce } from '#app/crisis/thresholds.ts'
import { account, type OnCallRole } from '#db/schema/account.ts'
import { contactWay, rosterShift } from '#db/schema/crisis.ts'
import { inReality, type Tx } from '#db/transaction.ts'
import type { cancelShiftInput, Input, shiftInput, swapShiftInput } from '../input.ts'

const DAY_MS = 86_400_000
/** A year and a month: nobody plans beyond, and a wrong year is seen at once. */
const PLANNED_DAYS = 400

/** Puts a person on call. Refused without two verified ways to be reached: one of them may be what fails. */
export function addShift(
  actor: Actor,
  input: Input<typeof shiftInput>,
  now: Date,
): Promise<Result<{ shiftId: number }>> {
  return inReality(actor, async (tx, real) => {
    if (!may(actor, 'roster.keep')) return refused('cell.refused.lead_only')
    if (input.toAt <= now) return refusedField('toAt', 'cell.invalid.shift_past')
    if (input.toAt.getTime() - input.fromAt.getTime() > LONGEST_SHIFT_DAYS * DAY_MS)
      return refusedField('toAt', 'cell.invalid.shift_too_long', { days: LONGEST_SHIFT_DAYS })
    if (input.fromAt.getTime() > now.getTime() + PLANNED_DAYS * DAY_MS)
      return refusedField('fromAt', 'cell.invalid.shift_too_far', { days: PLANNED_DAYS })
    await oneAtATime(tx)
    const judged = await judgePerson(tx, input, now)
    if ('ok' in judged) return judged
    const [made] = await tx.insert(rosterShift).values(input).returning({ id: rosterShift.id })
    const shiftId = made?.id as number
    await append(tx, real, {
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
  return inReality(actor, async (tx, real) => {
    if (!may(actor, 'roster.keep')) return refused('cell.refused.lead_only')
    const [gone] = await tx
      .update(rosterShift)
      .set({ cancelledAt: now })
      .where(and(eq(rosterShift.id, input.shiftId), isNull(rosterShift.cancelledAt)))
      .returning()
    if (!gone) return refused('cell.refused.absent')
    await append(tx, real, {
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

/** Échange: another person takes what is left of a shift, or a part of it; the rest stays with who holds it. */
export function swapShift(
  actor: Actor,
  input: Input<typeof swapShiftInput>,
  now: Date,
): Promise<Result<{ shiftId: number }>> {
  return inReality(actor, async (tx, real) => {
    await oneAtATime(tx)
    const [held] = await tx
      .select()
      .from(rosterShift)
      .where(and(eq(rosterShift.id, input.shiftId), isNull(rosterShift.cancelledAt)))
    if (!held || held.toAt <= now) return refused('cell.refused.absent')
    const own = actor.kind === 'account' && may(actor, 'roster.own') && actor.accountId === held.accountId
    if (!may(actor, 'roster.keep') && !own) return refused('cell.refused.lead_only')
    if (input.accountId === held.accountId) return refusedField('accountId', 'cell.refused.own_shift')
    const asked = { from: input.fromAt?.getTime() ?? null, to: input.toAt?.getTime() ?? null }
    const part = partOf({ from: held.fromAt.getTime(), to: held.toAt.getTime() }, asked, now.getTime())
    if (!part.ok) return refusedField(part.field, part.key)
    const [fromAt, toAt] = [new Date(part.part.from), new Date(part.part.to)]
    return giveShift(tx, real, held, { accountId: input.accountId, fromAt, toAt }, input.reason, now)
  })
}

/** A part of a shift goes to a person who can take it; the caller has judged who gives it, and holds the roster. */
export async function giveShift(
  tx: Tx,
  actor: Actor,
  held: typeof rosterShift.$inferSelect,
  to: { accountId: number; fromAt: Date; toAt: Date },
  reason: string | null,
  now: Date,
): Promise<Result<{ shiftId: number }>> {
  const taken = { ...to, role: held.role, rank: held.rank }
  const judged = await judgePerson(tx, taken, now)
  if ('ok' in judged) return judged
  const [made] = await tx.execute<{ id: number | null }>(sql`select app.hand_over_shift(${held.id}::bigint,
    ${to.accountId}::bigint, ${to.fromAt.toISOString()}::timestamptz, ${to.toAt.toISOString()}::timestamptz)::int as id`)
  if (!made?.id) return refused('cell.refused.absent')
  await append(tx, actor, {
    chain: 'roster',
    at: now,
    event: 'roster.shift_swapped',
    visibility: 'internal',
    text: reason,
    data: {
      shiftId: made.id,
      swapOfId: held.id,
      from: held.accountId,
      holder: judged.name,
      ...written(taken),
    },
  })
  return { ok: true, value: { shiftId: made.id } }
}

type Wanted = {
  accountId: number
  role: OnCallRole
  rank: number
  fromAt: Date
  toAt: Date
}

/** Two who write the roster at once look at what the other has written. */
export async function oneAtATime(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('roster'))`)
}

/** May this person take it? Then his name; else why not. */
async function judgePerson(tx: Tx, wanted: Wanted, now: Date): Promise<{ name: string } | Refusal> {
  const [person] = await tx
    .select({ active: account.active, role: account.role, name: account.name })
    .from(account)
    .where(eq(account.id, wanted.accountId))
  if (!person || !roleMay(person.role, 'roster.own'))
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
  const verdict = mayBeOnCall({ ...person, ways: reach }, wanted.role, now.getTime(), await clockInForce(tx))
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
  const clash = overlaps(held.map(asShift), asShift({ ...wanted, id: 0 }))
  return clash ? refusedField('fromAt', 'cell.refused.overlap') : { name: person.name }
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
