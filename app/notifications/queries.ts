import { and, desc, eq, ne, sql } from 'drizzle-orm'
import { cache } from 'react'
import type { AccountActor, MachineActor } from '#app/_auth/actor.ts'
import { account } from '#db/schema/account.ts'
import { contactWay } from '#db/schema/crisis.ts'
import { contact, post } from '#db/schema/directory.ts'
import { channelProof, notificationChoice, outbox } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'
import { channelsFrom } from './channels/registry.ts'
import { CHANNEL_NAMES, type ChannelName, readSettings, SECRETS, secretOf } from './channels/settings.ts'
import { enterWorldOf } from './commands/world-of.ts'
import { CANNOT } from './rules/ringing.ts'

/** What this person has chosen not to be told. */
export async function readQuiet(actor: AccountActor): Promise<readonly string[]> {
  const [row] = await asActor(actor, (tx) =>
    tx
      .select({ quiet: notificationChoice.quiet })
      .from(notificationChoice)
      .where(eq(notificationChoice.accountId, actor.accountId)),
  )
  return row?.quiet ?? []
}

export async function isSet(actor: AccountActor, channel: ChannelName): Promise<boolean> {
  return (await asActor(actor, readSettings))[channel] !== null
}

/** The key by which a browser asks for notifications; null while they are not set, or for whoever is in an exercise. */
export async function readPushKey(actor: AccountActor): Promise<string | null> {
  if (actor.exerciseId !== null || secretOf('PUSH_PRIVATE_KEY') === null) return null
  const { push } = await asActor(actor, readSettings)
  return push?.publicKey ?? null
}

/** Each channel as it is set, with what it last proved; and one's own ways by which it can be tried. */
export function readChannels(actor: AccountActor) {
  return asActor(actor, async (tx) => {
    const settings = await readSettings(tx)
    const kept = await tx.execute<{ name: string }>(
      sql`select substr(key, 9) as name from setting where key like 'channel.%'`,
    )
    const proofs = await tx.select().from(channelProof)
    const arrived = await tx.execute<{ channel: string; at: string }>(sql`
      select channel, to_jsonb(at) #>> '{}' as at from unnest(${`{${CHANNEL_NAMES.join(',')}}`}::text[]) as channel
        cross join lateral (select greatest(o.delivered_at, o.acknowledged_at) as at from outbox o
          where o.channel = channel.channel and (o.delivered_at is not null or o.acknowledged_at is not null)
          order by greatest(o.delivered_at, o.acknowledged_at) desc limit 1) last`)
    const own = await tx
      .select({ id: contactWay.id, kind: contactWay.kind, value: contactWay.value })
      .from(contactWay)
      .where(and(eq(contactWay.accountId, actor.accountId), eq(contactWay.active, true)))
    const each = <T>(of: (name: ChannelName) => T) =>
      Object.fromEntries(CHANNEL_NAMES.map((name) => [name, of(name)])) as Record<ChannelName, T>
    const outside = channelsFrom(settings)
    return {
      channels: each((name) => {
        const proof = proofs.find((one) => one.channel === name)
        const at = arrived.find((one) => one.channel === name)?.at
        return {
          settings: settings[name],
          broken: settings[name] === null && kept.some((one) => one.name === name),
          secrets: SECRETS[name].map((secret) => ({ name: secret, given: secretOf(secret) !== null })),
          acceptedAt: proof?.acceptedAt ?? null,
          failedAt: proof?.failedAt ?? null,
          error: proof?.error ?? null,
          failures: proof?.failures ?? 0,
          arrivedAt: at ? new Date(at) : null,
        }
      }),
      ways: each((name) => {
        const channel = outside.find((one) => one.name === name)
        return own.filter((way) => channel?.validate({ type: 'way', ...way }).ok)
      }),
    }
  })
}

/** For whoever holds the link of a message: what it said, and whether it still waits. */
export async function readMessageToAnswer(machine: MachineActor, outboxId: number) {
  const [row] = await asActor(machine, async (tx) => {
    await enterWorldOf(tx, machine, outboxId)
    return await tx
      .select({
        kind: outbox.kind,
        data: outbox.data,
        state: outbox.state,
        exerciseId: outbox.exerciseId,
        acknowledgedAt: outbox.acknowledgedAt,
        lastError: outbox.lastError,
        name: account.name,
      })
      .from(outbox)
      .leftJoin(account, eq(account.id, outbox.accountId))
      .where(eq(outbox.id, outboxId))
  })
  if (!row) return null
  const { state, acknowledgedAt, lastError } = row
  // What was answered is nobody's to read again by its link.
  return state === 'acknowledged' || state === 'cancelled'
    ? { answered: true as const, acknowledgedAt, passedOn: lastError === CANNOT }
    : { answered: false as const, ...row }
}

/** So many of one case or incident are shown. */
export const DELIVERIES_SHOWN = 100

/** What was sent outside of the application about a case or an incident, and what has become of it: newest first. */
export const readDeliveries = cache(
  (actor: AccountActor, about: { caseId: number } | { incidentId: number }) => {
    return asActor(actor, (tx) =>
      tx
        .select({
          id: outbox.id,
          channel: outbox.channel,
          kind: outbox.kind,
          data: outbox.data,
          state: outbox.state,
          attempts: outbox.attempts,
          mayArriveTwice: outbox.mayArriveTwice,
          lastError: outbox.lastError,
          createdAt: outbox.createdAt,
          sentAt: outbox.sentAt,
          deliveredAt: outbox.deliveredAt,
          acknowledgedAt: outbox.acknowledgedAt,
          acknowledgedBy: outbox.acknowledgedBy,
          name: sql<string>`coalesce(${account.name}, ${contact.name}, ${post.name}, '')`,
        })
        .from(outbox)
        .leftJoin(account, eq(account.id, outbox.accountId))
        .leftJoin(contact, and(eq(outbox.toType, 'contact'), eq(contact.id, outbox.toId)))
        .leftJoin(post, and(eq(outbox.toType, 'post'), eq(post.id, outbox.toId)))
        .where(
          and(
            'caseId' in about ? eq(outbox.caseId, about.caseId) : eq(outbox.incidentId, about.incidentId),
            ne(outbox.channel, 'inbox'),
          ),
        )
        .orderBy(desc(outbox.id))
        .limit(DELIVERIES_SHOWN),
    )
  },
)
export type Delivery = Awaited<ReturnType<typeof readDeliveries>>[number]
