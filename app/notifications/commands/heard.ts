import { and, desc, eq, gt, inArray, or, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { readPhone } from '#app/directory/rules/phone.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'
import type { Heard } from '../channels/smpp-link.ts'
import { ANSWERABLE } from '../rules/delivery.ts'
import { saysYes } from '../rules/sms.ts'
import { acknowledgeMessage } from './answer.ts'
import { recordReceipt } from './receipt.ts'

/** An answer is to what was sent within so long. */
const ANSWERED_WITHIN_MS = 3_600_000

/** What a message centre tells by itself: what came of a message, or what its reader answered. */
export async function takeHeard(
  machine: MachineActor,
  heard: Heard & { route: string },
  now: Date,
): Promise<void> {
  if (heard.kind === 'receipt') {
    const { route, id, says } = heard
    await recordReceipt(machine, { channel: 'sms', externalId: `${route}:${id}`, says }, now)
  } else if (saysYes(heard.words)) await acknowledgeFrom(machine, heard.from, now)
}

/** "OK" is to all that was sent to this number: he reads it on one screen. Returns how many that were. */
export async function acknowledgeFrom(machine: MachineActor, from: string, now: Date): Promise<number> {
  const { phone } = readPhone(/^[1-9]\d{7,}$/.test(from) ? `+${from}` : from)
  if (!phone) return 0
  const open = await asActor(machine, (tx) =>
    tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          eq(outbox.channel, 'sms'),
          // What a "yes" has acknowledged is followed up again: it may be told twice because the first time died half way.
          or(inArray(outbox.state, [...ANSWERABLE]), eq(outbox.acknowledgedBy, 'reply')),
          gt(outbox.sentAt, new Date(now.getTime() - ANSWERED_WITHIN_MS)),
          sql`case ${outbox.toType}
            when 'way' then exists (select from contact_way w where w.id = ${outbox.toId} and w.active and w.value = ${phone})
            when 'contact' then exists (select from contact c where c.id = ${outbox.toId} and c.active and c.phone = ${phone})
            when 'post' then exists (select from contact c where c.post_id = ${outbox.toId} and c.active and c.phone = ${phone})
            else false end`,
        ),
      )
      .orderBy(desc(outbox.id)),
  )
  let acknowledged = 0
  for (const { id } of open)
    if ((await acknowledgeMessage(machine, id, 'reply', now)) === 'done') acknowledged += 1
  return acknowledged
}
