import { and, desc, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { spend } from '#app/_doors/spend.ts'
import { cleanText } from '#app/_doors/text.ts'
import { append } from '#app/_journal/append.ts'
import { maskLongNumbers } from '#app/cases/rules/masking.ts'
import { readPhone } from '#app/directory/rules/phone.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'
import type { Heard } from '../channels/smpp-link.ts'
import { ANSWERABLE } from '../rules/delivery.ts'
import { LONGEST_WORDS } from '../rules/inbound.ts'
import { saysYes } from '../rules/sms.ts'
import { acknowledgeMessage } from './answer.ts'
import { gather } from './gather.ts'
import { type Receipt, recordReceipts } from './receipt.ts'

/** An answer is to what was sent within so long. */
const ANSWERED_WITHIN_MS = 3_600_000

/** Takes what message centres tell by themselves: what came of messages, as many as have come, or what a reader answered. */
export function hearing(machine: MachineActor, time: () => Date) {
  const receipts = gather<Receipt>((all) => recordReceipts(machine, all, time()))
  return async (heard: Heard & { route: string }): Promise<void> => {
    if (heard.kind === 'receipt')
      await receipts({ channel: 'sms', externalId: `${heard.route}:${heard.id}`, says: heard.says })
    else if (saysYes(heard.words)) await acknowledgeFrom(machine, heard.from, time())
    else await takeWords(machine, heard, time())
  }
}

/** "OK" is to all that was sent to this number: he reads it on one screen. Returns how many that were. */
export async function acknowledgeFrom(machine: MachineActor, from: string, now: Date): Promise<number> {
  const phone = phoneOf(from)
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
          wentTo(phone),
        ),
      )
      .orderBy(desc(outbox.id)),
  )
  let acknowledged = 0
  for (const { id } of open)
    if ((await acknowledgeMessage(machine, id, 'reply', now)) === 'done') acknowledged += 1
  return acknowledged
}

/** Words about what was sent are about the last of it, for so long. */
const SPOKEN_OF_MS = 24 * 3_600_000
const SHOWN = 120
/** Of one number; beyond, a machine writes. */
const WORDS = { burst: 20, everyMs: 3 * 60_000 }

/**
 * Other words than "OK" are for a person: they stand on the case or incident of the last message that went to this number, or
 * before the room. Nobody has proved who wrote them.
 */
async function takeWords(
  machine: MachineActor,
  { from, words }: { from: string; words: string },
  now: Date,
): Promise<void> {
  const text = maskLongNumbers(cleanText(words)).slice(0, LONGEST_WORDS).trim()
  if (!text) return
  const phone = phoneOf(from)
  await asActor(machine, async (tx) => {
    if (await spend(tx, `sms_words:${phone ?? 'unreadable'}`, WORDS, now)) return
    const [about] = phone
      ? await tx
          .select({ caseId: outbox.caseId, incidentId: outbox.incidentId })
          .from(outbox)
          .where(
            and(
              eq(outbox.channel, 'sms'),
              gt(outbox.sentAt, new Date(now.getTime() - SPOKEN_OF_MS)),
              wentTo(phone),
            ),
          )
          .orderBy(desc(outbox.id))
          .limit(1)
      : []
    await append(tx, machine, {
      ...placeOf(about),
      at: now,
      visibility: 'internal',
      certainty: 'reported',
      text,
      // What an inbox shows of it.
      data: { words: text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text },
    })
  })
}

function placeOf(about: { caseId: number | null; incidentId: number | null } | undefined) {
  if (about?.caseId)
    return { chain: `case:${about.caseId}`, caseId: about.caseId, event: 'case.sms_received' } as const
  if (about?.incidentId)
    return {
      chain: `incident:${about.incidentId}`,
      incidentId: about.incidentId,
      event: 'incident.sms_received',
    } as const
  return { chain: 'cell', event: 'cell.sms_received' } as const
}

function phoneOf(from: string): string | null {
  return readPhone(/^[1-9]\d{7,}$/.test(from) ? `+${from}` : from).phone ?? null
}

/** Sent to this number, of whoever it is now. */
function wentTo(phone: string): SQL {
  return sql`case ${outbox.toType}
    when 'way' then exists (select from contact_way w where w.id = ${outbox.toId} and w.active and w.value = ${phone})
    when 'contact' then exists (select from contact c where c.id = ${outbox.toId} and c.active and c.phone = ${phone})
    when 'post' then exists (select from contact c where c.post_id = ${outbox.toId} and c.active and c.phone = ${phone})
    else false end`
}
