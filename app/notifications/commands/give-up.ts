import { and, eq, gt, sql } from 'drizzle-orm'
import { machine } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { account } from '#db/schema/account.ts'
import { contact, post } from '#db/schema/directory.ts'
import { journal } from '#db/schema/journal.ts'
import { outbox } from '#db/schema/notification.ts'
import type { Tx } from '#db/transaction.ts'
import type { Channel } from '../port.ts'
import { isOfOneWay, nextWay } from '../rules/delivery.ts'
import { queued, type Telling } from './enqueue.ts'
import { stillWanted } from './still-wanted.ts'
import { type Recipient, waysTo } from './ways.ts'

export type OutboxRow = typeof outbox.$inferSelect

/** A way has failed: the next one of the same recipient is queued, unless he has answered, or all were tried. */
export async function giveUp(tx: Tx, row: OutboxRow, now: Date, channels: readonly Channel[]): Promise<void> {
  if (isOfOneWay(row.kind)) return
  const to = recipientOf(row)
  const tried = await tx
    .select({ toType: outbox.toType, toId: outbox.toId, channel: outbox.channel, state: outbox.state })
    .from(outbox)
    .where(
      and(
        eq(outbox.dedupeKey, row.dedupeKey),
        row.accountId === null
          ? and(eq(outbox.toType, row.toType), eq(outbox.toId, row.toId))
          : eq(outbox.accountId, row.accountId),
      ),
    )
  if (tried.some((one) => one.state === 'acknowledged') || !(await stillWanted(tx, row))) return
  const ways = (await waysTo(tx, to, channels, row.exerciseId !== null)).map((way) => ({
    way,
    toType: way.destination.type,
    toId: way.destination.id,
    channel: way.channel.name,
  }))
  const next = nextWay(ways, tried)
  if (!next) return wakesNobody(row, tried) ? unreached(tx, row, now) : undefined
  const { kind, data, caseId, incidentId, dedupeKey, pressing } = row
  const telling: Telling = { to, kind, data, caseId, incidentId, dedupeKey }
  await tx
    .insert(outbox)
    .values(queued(telling, next.way, pressing, now, row.exerciseId))
    .onConflictDoNothing()
}

/** All that leaves the house has failed, and it was to wake him: what he reads when he signs in comes too late. */
function wakesNobody(row: OutboxRow, tried: readonly { channel: string; state: string }[]): boolean {
  const outside = tried.filter(({ channel }) => channel !== 'inbox')
  return row.pressing && outside.every(({ state }) => state === 'failed' || state === 'cancelled')
}

/** A dead gateway fails everything at once: one call to a person is asked for, not one a message. */
const ASKED_AGAIN_MS = 15 * 60_000

/** Then a person calls him: a call task, of which those on duty are told once in a while however many messages failed. */
async function unreached(
  tx: Tx,
  { id, accountId, toType, toId, kind, exerciseId }: OutboxRow,
  now: Date,
): Promise<void> {
  const table = accountId !== null ? account : toType === 'post' ? post : contact
  const [person] = await tx
    .select({ name: table.name, organisationId: table.organisationId })
    .from(table)
    .where(and(eq(table.id, accountId ?? toId), eq(table.active, true)))
  // Taken out of use meanwhile: there is nobody to call.
  if (!person) return
  // Whom the call is for (app/crisis/queries.ts): one call to an organisation, whoever of it is asked for.
  const who =
    person.organisationId === null ? `account:${accountId}` : `organisation:${person.organisationId}`
  const since = new Date(now.getTime() - ASKED_AGAIN_MS)
  const [lately] = await tx
    .select({ id: journal.id })
    .from(journal)
    .where(
      and(
        eq(journal.chain, 'cell'),
        eq(journal.event, 'cell.unreached'),
        gt(journal.at, since),
        sql`${journal.data} ->> 'who' = ${who} and ${journal.data} ->> 'name' = ${person.name}`,
        // Whoever telephoned since spoke of what had failed until then.
        sql`not exists (select from journal c where c.event = 'cell.called' and c.data ->> 'who' = ${who}
          and c.data ->> 'reached' = 'true' and c.id > ${journal.id})`,
      ),
    )
    .limit(1)
  if (lately) return
  await append(tx, machine('messages', exerciseId), {
    chain: 'cell',
    at: now,
    event: 'cell.unreached',
    visibility: 'internal',
    data: { who, name: person.name, what: kind, messageId: id },
  })
}

function recipientOf(row: OutboxRow): Recipient {
  if (row.accountId !== null) return { type: 'account', id: row.accountId, accountId: row.accountId }
  return { type: row.toType === 'post' ? 'post' : 'contact', id: row.toId, accountId: null }
}
