import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { AccountActor, MachineActor } from '#app/_auth/actor.ts'
import { account } from '#db/schema/account.ts'
import { contact, post } from '#db/schema/directory.ts'
import { notificationChoice, outbox } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'

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

/** For whoever holds the link of a message: what it said, and whether it still waits. */
export async function readMessageToAnswer(machine: MachineActor, outboxId: number) {
  const [row] = await asActor(machine, (tx) =>
    tx
      .select({
        kind: outbox.kind,
        data: outbox.data,
        state: outbox.state,
        exerciseId: outbox.exerciseId,
        acknowledgedAt: outbox.acknowledgedAt,
        name: account.name,
      })
      .from(outbox)
      .leftJoin(account, eq(account.id, outbox.accountId))
      .where(eq(outbox.id, outboxId)),
  )
  return row ?? null
}

/** So many of one case or incident are shown. */
export const DELIVERIES_SHOWN = 100

/** What was sent outside of the application about a case or an incident, and what has become of it: newest first. */
export function readDeliveries(actor: AccountActor, about: { caseId: number } | { incidentId: number }) {
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
}
export type Delivery = Awaited<ReturnType<typeof readDeliveries>>[number]
