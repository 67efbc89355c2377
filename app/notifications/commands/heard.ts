import { and, desc, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { shortened } from '#app/_doors/rules/cut.ts'
import { spend } from '#app/_doors/spend.ts'
import { cleanText } from '#app/_doors/text.ts'
import { append } from '#app/_journal/append.ts'
import { maskLongNumbers } from '#app/cases/rules/masking.ts'
import { readPhone } from '#app/directory/rules/phone.ts'
import { realWorld, type World, worldsThatRing } from '#app/exercises/clock.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor, goOnAs, type Tx } from '#db/transaction.ts'
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

/**
 * "OK" is to all that was sent to this number, in the world of the last that waits: he reads it on one screen. What was told in
 * an exercise says yes to nothing real. Returns how many that were.
 */
export async function acknowledgeFrom(machine: MachineActor, from: string, now: Date): Promise<number> {
  const phone = phoneOf(from)
  if (!phone) return 0
  const worlds = await inEachWorld(machine, (tx, { time }) =>
    tx
      .select({ id: outbox.id, waits: sql<boolean>`${outbox.acknowledgedAt} is null` })
      .from(outbox)
      .where(
        and(
          eq(outbox.channel, 'sms'),
          // What a "yes" has acknowledged is followed up again: it may be told twice because the first time died half way.
          or(inArray(outbox.state, [...ANSWERABLE]), eq(outbox.acknowledgedBy, 'reply')),
          gt(outbox.sentAt, new Date(time(now).getTime() - ANSWERED_WITHIN_MS)),
          wentTo(phone),
        ),
      )
      .orderBy(desc(outbox.id)),
  )
  const last = (one: (typeof worlds)[number]) => one.found.find(({ waits }) => waits)?.id ?? 0
  const latest = Math.max(...worlds.map(last))
  let acknowledged = 0
  for (const { world, found } of worlds.filter((one) => last(one) === latest))
    for (const { id } of found)
      if ((await acknowledgeMessage(world.actor, id, 'reply', world.time(now))) === 'done') acknowledged += 1
  return acknowledged
}

/** What is found in the real world, and in each exercise that really rings: an answer is said in one of them alone. */
function inEachWorld<T>(machine: MachineActor, find: (tx: Tx, world: World) => Promise<T>) {
  return asActor(machine, async (tx) => {
    const worlds: { world: World; found: T }[] = []
    for (const world of [realWorld(machine), ...(await worldsThatRing(tx, machine))]) {
      if (world.actor.exerciseId !== machine.exerciseId) await goOnAs(tx, world.actor)
      worlds.push({ world, found: await find(tx, world) })
    }
    return worlds
  })
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
  const text = shortened(maskLongNumbers(cleanText(words)), LONGEST_WORDS).trim()
  if (!text) return
  const phone = phoneOf(from)
  if (await asActor(machine, (tx) => spend(tx, `sms_words:${phone ?? 'unreadable'}`, WORDS, now))) return
  const worlds = phone
    ? await inEachWorld(machine, (tx, { time }) =>
        tx
          .select({ id: outbox.id, caseId: outbox.caseId, incidentId: outbox.incidentId })
          .from(outbox)
          .where(
            and(
              eq(outbox.channel, 'sms'),
              gt(outbox.sentAt, new Date(time(now).getTime() - SPOKEN_OF_MS)),
              wentTo(phone),
            ),
          )
          .orderBy(desc(outbox.id))
          .limit(1),
      )
    : []
  const [last] = worlds
    .flatMap(({ world, found }) => found.map((about) => ({ world, about })))
    .toSorted((a, b) => b.about.id - a.about.id)
  const { actor, time } = last?.world ?? realWorld(machine)
  await asActor(actor, (tx) =>
    append(tx, actor, {
      ...placeOf(last?.about),
      at: time(now),
      visibility: 'internal',
      certainty: 'reported',
      text,
      // What an inbox shows of it.
      data: { words: shortened(text, SHOWN) },
    }),
  )
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
