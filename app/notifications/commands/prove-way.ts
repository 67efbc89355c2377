import { and, desc, eq, gt } from 'drizzle-orm'
import { type AccountActor, machine, may, outside } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField, tooMany } from '#app/_doors/result.ts'
import { spend } from '#app/_doors/spend.ts'
import { append } from '#app/_journal/append.ts'
import { contactWay } from '#db/schema/crisis.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor, goOnAs, inRealityRead } from '#db/transaction.ts'
import { channelsIn } from '../channels/registry.ts'
import type { ChannelName } from '../channels/settings.ts'
import { isCodeOf } from '../seal.ts'
import { queued } from './enqueue.ts'
import { destinationOf } from './ways.ts'

/** A code is read back while the telephone is still in the hand. */
const CODE_VALID_MS = 15 * 60_000
/** Guesses at one way, then one each ten minutes: a million codes outlast anybody. Messages to one way: as many. */
const SPENT = { burst: 5, everyMs: 10 * 60_000 }
const proving = machine('ways')

/** Sends something to a way of a person: a code to be read back, or a message to be acknowledged, which proves that it arrives. */
export async function sendToWay(
  actor: AccountActor,
  { wayId, kind, channel: wanted }: { wayId: number; kind: 'way_code' | 'way_test'; channel?: ChannelName },
  now: Date,
): Promise<Result<{ channel: string }>> {
  const way = await wayOf(actor, wayId)
  if (!way) return refused('cell.refused.absent')
  return asActor(proving, async (tx) => {
    const channels = await channelsIn(tx)
    const destination = await destinationOf(tx, 'way', wayId)
    const channel = channels.find(
      (one) =>
        one.where === 'outside' &&
        (!wanted || one.name === wanted) &&
        destination &&
        one.validate(destination).ok,
    )
    if (!destination || channel?.where !== 'outside') return refused('cell.refused.no_channel')
    const waits = await spend(tx, `${kind}:${wayId}`, SPENT, now)
    if (waits) return tooMany(waits)
    const telling = {
      to: { type: 'way' as const, id: wayId, accountId: way.accountId },
      kind,
      data: {},
      caseId: null,
      incidentId: null,
      dedupeKey: `${kind}:${wayId}:${now.getTime()}`,
    }
    await tx
      .insert(outbox)
      .values(queued(telling, { destination, channel }, true, now))
      .onConflictDoNothing()
    return done({ channel: channel.name })
  })
}

/**
 * The code that was sent there, read back: by its owner here, or to a lead over the telephone. Whoever can read the database sees no
 * code in it: it is made from the message and a secret when it is sent, and again now.
 */
export async function proveWay(
  actor: AccountActor,
  { wayId, code }: { wayId: number; code: string },
  now: Date,
): Promise<Result<{ verified: boolean }>> {
  const way = await wayOf(actor, wayId)
  if (!way) return refused('cell.refused.absent')
  return asActor(proving, async (tx): Promise<Result<{ verified: boolean }>> => {
    const waits = await spend(tx, `way_guess:${wayId}`, SPENT, now)
    if (waits) return tooMany(waits)
    const sent = await tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          eq(outbox.kind, 'way_code'),
          eq(outbox.toType, 'way'),
          eq(outbox.toId, wayId),
          gt(outbox.createdAt, new Date(now.getTime() - CODE_VALID_MS)),
        ),
      )
      .orderBy(desc(outbox.id))
      .limit(SPENT.burst)
    if (!sent.some(({ id }) => isCodeOf(id, code))) return refusedField('code', 'cell.invalid.code')
    await tx
      .update(contactWay)
      .set({ verifiedAt: now, bouncedAt: null })
      .where(and(eq(contactWay.id, wayId), eq(contactWay.active, true), eq(contactWay.value, way.value)))
    // One that is still to go out, or to be tried again, would only puzzle its reader.
    await tx
      .update(outbox)
      .set({ state: 'cancelled', dueAt: null })
      .where(
        and(
          eq(outbox.kind, 'way_code'),
          eq(outbox.toType, 'way'),
          eq(outbox.toId, wayId),
          eq(outbox.state, 'queued'),
        ),
      )
    const line = {
      chain: 'roster',
      at: now,
      event: 'roster.way_changed',
      visibility: 'internal',
      data: { accountId: way.accountId, kind: way.kind, verified: true, by: 'code' },
    } as const
    const person = outside(actor)
    await goOnAs(tx, person)
    await append(tx, person, line)
    return done({ verified: true })
  })
}

/** His own, or anybody's for whoever keeps the roster; in the real world whatever exercise is open. */
async function wayOf(actor: AccountActor, wayId: number) {
  const [own, anybodys] = [may(actor, 'roster.own'), may(actor, 'roster.keep')]
  if (!own && !anybodys) return null
  const whose = anybodys ? undefined : eq(contactWay.accountId, actor.accountId)
  const [way] = await inRealityRead(actor, (tx) =>
    tx
      .select()
      .from(contactWay)
      .where(and(eq(contactWay.id, wayId), eq(contactWay.active, true), whose)),
  )
  return way ?? null
}
