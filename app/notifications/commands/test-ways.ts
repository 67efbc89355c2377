import { sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { rolesWith } from '#app/_auth/rules/roles.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { inbox } from '../channels/inbox.ts'
import { channelsIn } from '../channels/registry.ts'
import type { Channel } from '../port.ts'
import { testStep } from '../rules/monthly-test.ts'
import { enqueue, queued } from './enqueue.ts'
import { destinationOf } from './ways.ts'

/** The clock's turn: sends the test of the month to every proved way, or tells who did not answer it. Each once. */
export async function testWays(
  machine: MachineActor,
  now: Date,
  given?: readonly Channel[],
): Promise<{ sent: number; unanswered: string[] | null }> {
  const due = testStep(now)
  if (!due) return { sent: 0, unanswered: null }
  const key = `way_test:${due.month}`
  return asActor(machine, async (tx) => {
    if (due.step === 'send')
      return { sent: await sendAll(tx, key, now, given ?? (await channelsIn(tx))), unanswered: null }
    return { sent: 0, unanswered: await report(tx, machine, key, now) }
  })
}

async function sendAll(tx: Tx, dedupeKey: string, now: Date, channels: readonly Channel[]): Promise<number> {
  const ways = await tx.execute<{ id: number; accountId: number }>(sql`
    select w.id::int, w.account_id::int as "accountId" from contact_way w join account a on a.id = w.account_id
    where w.active and a.active and w.verified_at is not null order by w.id`)
  let sent = 0
  for (const { id, accountId } of ways) {
    const destination = await destinationOf(tx, 'way', id)
    const channel = channels.find((one) => destination && one.validate(destination).ok)
    if (!destination || channel?.where !== 'outside') continue
    const to = { type: 'way' as const, id, accountId }
    const telling = { to, kind: 'way_test', data: {}, caseId: null, incidentId: null, dedupeKey }
    const made = await tx
      .insert(outbox)
      .values(queued(telling, { destination, channel }, true, now))
      .onConflictDoNothing()
      .returning({ id: outbox.id })
    sent += made.length
  }
  return sent
}

/** By name, to everyone who keeps the roster; who answered by one of his ways still has another that did not. */
async function report(tx: Tx, machine: MachineActor, key: string, now: Date): Promise<string[] | null> {
  const [asked] = await tx.execute<{ asked: number; names: string[] }>(sql`
    select count(*)::int as asked, coalesce(array_agg(distinct a.name order by a.name) filter (where o.acknowledged_at is null), '{}') as names
    from outbox o join account a on a.id = o.account_id where o.dedupe_key = ${key} and o.channel <> 'inbox'`)
  if (!asked?.asked) return null
  const keepers = await tx.execute<{ id: number }>(
    sql`select id::int from account where active and role in ${rolesWith('roster.keep')}`,
  )
  const data = { count: asked.names.length, names: asked.names.slice(0, 40).join(', ') || '–' }
  const tellings = keepers.map(({ id }) => ({
    to: { type: 'account' as const, id, accountId: id },
    kind: 'way_test_report',
    data,
    caseId: null,
    incidentId: null,
    dedupeKey: `report:${key}`,
  }))
  await enqueue(tx, machine, tellings, false, now, [inbox])
  return asked.names
}
