import { eq, sql } from 'drizzle-orm'
import { probeWatch } from '#db/schema/supervision.ts'
import type { Tx } from '#db/transaction.ts'
import {
  areaOf,
  COUNTRY,
  type Memory,
  nothingHeard,
  PooledWatch,
  scopesOfCall,
  type TestCall,
  type UsualCalls,
} from '../rules/cusum.ts'
import type { Asked } from './bursts.ts'
import { RESULTS_LOCK } from './take-results.ts'

/** Results read in one turn: the next follows at once. */
const AT_ONCE = 20_000
/** What is usual is learnt from so many days, the last hours left out: a failure must not teach that it is usual. */
const [LEARN_DAYS, LEAVE_OUT_H] = [28, 6]
const LEARN_EVERY_MS = 3_600_000
/** What a new plan is taken to lose, in as many calls: so much past is needed before its own counts for more [D]. */
const PRIOR = { share: 0.005, calls: 2_000 }

type Row = Omit<TestCall, 'area' | 'at'> & { id: number; at: string; agreementId: number; inBurst: boolean }

export type ReadOn = { watch: PooledWatch; asked: Asked[]; more: boolean; readTo: number }

/** Hears every result that has come since the last time, once and in its order: nothing is passed over, whoever writes meanwhile. */
export async function readOn(tx: Tx, now: Date): Promise<ReadOn> {
  const [kept] = await tx.select().from(probeWatch).where(eq(probeWatch.id, 1)).for('update')
  if (!kept) throw new Error('the watch over test calls has no memory')
  const usual = await usualCalls(tx, kept, now)
  // Whoever writes has committed; whoever comes waits for the one number that is read here.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${RESULTS_LOCK}))`)
  const rows = await tx.execute<Row>(sql`
    select r.id::int as id, r.at, p.name as probe, p.operator, p.technology, r.territory_code as territory, r.number, r.verdict = 'failed' as failed,
      r.agreement_id::int as "agreementId", r.burst_id is not null as "inBurst"
    from probe_result r join probe p on p.id = r.probe_id
    where r.id > ${kept.readTo} and r.verdict <> 'not_placed' order by r.id limit ${AT_ONCE}`)
  const known = kept.memory as Partial<Memory>
  const watch = new PooledWatch({ ...nothingHeard(), ...known }, usual)
  const asked = new Map<string, Asked>()
  for (const { id: _, agreementId, inBurst, ...row } of rows) {
    const call = { ...row, at: Date.parse(row.at), area: areaOf(row.territory) }
    watch.hear(call)
    const place = `${row.territory}|${row.number}`
    if (!row.failed) asked.delete(place)
    else if (!inBurst)
      asked.set(place, {
        agreementId,
        number: row.number,
        territoryCode: row.territory,
        cause: 'probe',
        caseId: null,
      })
  }
  return {
    watch,
    asked: [...asked.values()],
    more: rows.length === AT_ONCE,
    readTo: rows.at(-1)?.id ?? kept.readTo,
  }
}

/** What was heard is kept for the next turn. */
export async function keepMemory(tx: Tx, { watch, readTo }: ReadOn): Promise<void> {
  await tx
    .update(probeWatch)
    .set({ readTo, memory: { ...watch.memory } })
    .where(eq(probeWatch.id, 1))
}

async function usualCalls(
  tx: Tx,
  kept: typeof probeWatch.$inferSelect,
  now: Date,
): Promise<Record<string, UsualCalls>> {
  if (kept.learntAt && now.getTime() - kept.learntAt.getTime() < LEARN_EVERY_MS) return kept.usual
  const to = new Date(now.getTime() - LEAVE_OUT_H * 3_600_000)
  const rows = await tx.execute<{
    probe: string
    operator: string
    technology: string
    territory: string
    number: string
    tried: number
    failed: number
    days: number
  }>(sql`
    select p.name as probe, p.operator, p.technology, w.territory_code as territory, w.number, sum(w.tried)::int as tried,
      sum(w.tried - w.answered - w.reached)::int as failed, greatest(extract(epoch from ${to.toISOString()}::timestamptz - min(w.from_at)) / 86400, 0.1)::float8 as days
    from probe_window w join probe p on p.id = w.probe_id
    where w.from_at > ${to.toISOString()}::timestamptz - make_interval(days => ${LEARN_DAYS}) and w.from_at <= ${to.toISOString()}::timestamptz
    group by 1, 2, 3, 4, 5`)
  const sums = new Map<string, { tried: number; failed: number; days: number }>()
  for (const row of rows)
    for (const key of scopesOfCall({ ...row, area: areaOf(row.territory) })) {
      const sum = sums.get(key) ?? { tried: 0, failed: 0, days: 0 }
      sums.set(key, {
        tried: sum.tried + row.tried,
        failed: sum.failed + row.failed,
        days: Math.max(sum.days, row.days),
      })
    }
  const usual = Object.fromEntries(
    [...sums].map(([key, { tried, failed, days }]): [string, UsualCalls] => [
      key,
      { share: (failed + PRIOR.share * PRIOR.calls) / (tried + PRIOR.calls), perYear: (tried / days) * 365 },
    ]),
  )
  // Too little past to say how many calls there are: the aim of a national plan, which asks for more before it cries.
  if (!usual[COUNTRY] || usual[COUNTRY].perYear < 1) delete usual[COUNTRY]
  await tx.update(probeWatch).set({ usual, learntAt: now }).where(eq(probeWatch.id, 1))
  return usual
}
