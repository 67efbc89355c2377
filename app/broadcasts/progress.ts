import { sql } from 'drizzle-orm'
import type { Wave } from '#db/schema/broadcast.ts'
import type { Tx } from '#db/transaction.ts'
import { DELIVERED_WITHIN_S, type Progress } from './rules/safety.ts'

export type WaveProgress = Progress & { wave: Wave }

/** What all rows of the outbox of one mass message are found by. */
export function keyOf(broadcastId: number): string {
  return `broadcast:${broadcastId}`
}

/** What became of each wave that holds somebody, from the rows of the outbox. A silence of a receipt is no failure. */
export async function progressOf(tx: Tx, broadcastId: number, now: Date): Promise<WaveProgress[]> {
  const aged = new Date(now.getTime() - DELIVERED_WITHIN_S * 1000).toISOString()
  const rows = await tx.execute<WaveProgress>(sql`
    select r.wave, count(*)::int as size,
      count(o.sent_at)::int as sent,
      count(*) filter (where o.state in ('delivered', 'acknowledged'))::int as delivered,
      count(*) filter (where o.state = 'failed' and o.last_error not in ('no receipt', 'unknown'))::int as failed,
      count(*) filter (where o.state = 'failed' and o.last_error = 'unknown')::int as unknown,
      count(*) filter (where o.id is null or o.state in ('queued', 'sending'))::int as waiting,
      count(*) filter (where o.sent_at <= ${aged}::timestamptz and (o.state <> 'failed' or o.last_error = 'no receipt'))::int as aged,
      count(*) filter (where o.sent_at <= ${aged}::timestamptz and o.state in ('delivered', 'acknowledged')
        and o.delivered_at <= o.sent_at + make_interval(secs => ${DELIVERED_WITHIN_S}))::int as "agedDelivered"
    from broadcast_recipient r left join outbox o
      on o.dedupe_key = ${keyOf(broadcastId)} and o.to_type = 'telephone' and o.to_id = r.id and o.channel = 'sms'
    where r.broadcast_id = ${broadcastId} group by r.wave
    order by array_position(array['pilot', 'one', 'ten', 'all'], r.wave)`)
  return [...rows]
}
