import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { type Actor, may } from '#app/_auth/actor.ts'
import { type Reason, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { phoneReason, readPhone } from '#app/directory/rules/phone.ts'
import { contactWay } from '#db/schema/crisis.ts'
import { inReality } from '#db/transaction.ts'
import type { Input, verifyWayInput, wayInput } from '../input.ts'

/** A way to be reached, not yet proved. */
export function addWay(
  actor: Actor,
  input: Input<typeof wayInput>,
  now: Date,
): Promise<Result<{ wayId: number }>> {
  return inReality(actor, async (tx, real) => {
    if (!mayWriteWays(actor, input.accountId)) return refused('cell.refused.lead_only')
    const read = readWay(input)
    if ('fault' in read) return refusedField('value', read.fault.key, read.fault.values)
    const [made] = await tx
      .insert(contactWay)
      .values({ ...input, value: read.value })
      .onConflictDoUpdate({
        target: [contactWay.accountId, contactWay.value],
        set: { active: true, kind: input.kind },
      })
      .returning({ id: contactWay.id })
    // The number itself stays out of the journal: it is a person's own.
    await append(tx, real, {
      chain: 'roster',
      at: now,
      event: 'roster.way_changed',
      visibility: 'internal',
      data: { accountId: input.accountId, kind: input.kind },
    })
    return { ok: true, value: { wayId: made?.id as number } }
  })
}

function readWay({ kind, value }: Input<typeof wayInput>): { value: string } | { fault: Reason } {
  switch (kind) {
    case 'email':
      return z.email().safeParse(value).success
        ? { value: value.toLowerCase() }
        : { fault: { key: 'directory.invalid.email' } }
    // A pager has a number of its own network.
    case 'pager':
      return { value }
    case 'mobile':
    case 'landline':
    case 'satellite': {
      const read = readPhone(value)
      return read.fault ? { fault: phoneReason(read.fault) } : { value: read.phone }
    }
  }
}

/** A lead rang it, and its owner answered: proved to arrive. Nobody says so of his own (the code does: prove-way.ts). */
export function verifyWay(
  actor: Actor,
  input: Input<typeof verifyWayInput>,
  now: Date,
): Promise<Result<{ verified: boolean }>> {
  return inReality(actor, async (tx, real) => {
    if (!may(actor, 'roster.keep')) return refused('cell.refused.lead_only')
    const [asked] = await tx.select().from(contactWay).where(eq(contactWay.id, input.wayId))
    if (actor.kind === 'account' && asked?.accountId === actor.accountId)
      return refused('cell.refused.own_way')
    const [way] = await tx
      .update(contactWay)
      .set({ verifiedAt: now })
      .where(eq(contactWay.id, input.wayId))
      .returning({ accountId: contactWay.accountId, kind: contactWay.kind })
    if (!way) return refused('cell.refused.absent')
    await append(tx, real, {
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
  return inReality(actor, async (tx, real) => {
    const [way] = await tx.select().from(contactWay).where(eq(contactWay.id, input.wayId))
    if (!way || !mayWriteWays(actor, way.accountId)) return refused('cell.refused.absent')
    await tx.update(contactWay).set({ active: false }).where(eq(contactWay.id, way.id))
    await append(tx, real, {
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
  return (
    may(actor, 'roster.keep') ||
    (actor.kind === 'account' && may(actor, 'roster.own') && actor.accountId === accountId)
  )
}
