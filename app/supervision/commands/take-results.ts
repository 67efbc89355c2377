import { eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { probe } from '#db/schema/supervision.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { batchInput, Input } from '../input.ts'
import { type Agreements, judgeLine, type KeptLine } from '../rules/result-line.ts'

/** Of a batch: how many are new, how many were known, and each line that was refused with its reason (lines count from 1). */
export type Taken = {
  taken: number
  known: number
  refused: { line: number; id: string | null; field: string; key: string }[]
}

/** One statement writes so many: a long one would make the next batch wait. */
const AT_ONCE = 5_000
/** Taken while a batch is written, and waited for by the watch that reads on: no number is passed over (rules/cusum.ts). */
export const RESULTS_LOCK = 'probe-results'

/** What a probe says of its calls. The same call told again is one call; what is wrong is named, line by line. */
export function takeResults(
  actor: MachineActor,
  batch: Input<typeof batchInput>,
  now: Date,
): Promise<Result<Taken>> {
  return asActor(actor, async (tx) => {
    const [caller] = await tx.select().from(probe).where(eq(probe.name, batch.probe.toLowerCase()))
    if (!caller?.active) return refused('supervision.line.unknown_probe')
    const agreements = await agreementsOf(tx, caller.id)
    const kept: KeptLine[] = []
    const wrong: Taken['refused'] = []
    batch.results.forEach((raw, index) => {
      const verdict = judgeLine(raw, agreements, now.getTime())
      if (verdict.ok) kept.push(verdict.line)
      else wrong.push({ line: index + 1, id: idOf(raw), field: verdict.field, key: verdict.key })
    })
    const lines = batch.allOrNone && wrong.length > 0 ? [] : kept
    let taken = 0
    if (lines.length > 0)
      await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext(${RESULTS_LOCK}))`)
    for (let from = 0; from < lines.length; from += AT_ONCE)
      taken += await write(tx, caller.id, lines.slice(from, from + AT_ONCE))
    await tx.update(probe).set({ heardAt: now, trouble: batch.trouble }).where(eq(probe.id, caller.id))
    return done({ taken, known: lines.length - taken, refused: wrong })
  })
}

async function agreementsOf(tx: Tx, probeId: number): Promise<Agreements> {
  // Ended agreements too: what was called before its end is told after it.
  const rows = await tx.execute<{ id: number; number: string; territory: string }>(sql`
    select a.id::int as id, a.number, a.territory_code as territory from test_agreement a
    where exists (select from test_plan p where p.agreement_id = a.id and p.probe_id = ${probeId})
      or exists (select from probe_burst b where b.agreement_id = a.id and ${probeId} = any (b.probe_ids))
      or exists (select from probe_last l where l.probe_id = ${probeId} and l.number = a.number and l.territory_code = a.territory_code)`)
  return new Map(rows.map(({ id, ...of }) => [id, of]))
}

/** The calls, the windows they fall into and the last of each, in one statement: what is new is counted once. */
async function write(tx: Tx, probeId: number, lines: KeptLine[]): Promise<number> {
  const given = JSON.stringify(lines.map((line) => ({ ...line, at: new Date(line.at).toISOString() })))
  const [row] = await tx.execute<{ n: number }>(sql`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as x (key text, agreement bigint, number text, territory text, burst bigint,
        at timestamptz, verdict text, sip smallint, cause smallint, delay int, talk int)),
    kept as (
      insert into probe_result (probe_id, key, agreement_id, number, territory_code, burst_id, at, verdict, sip, cause, delay_ms, talk_ms)
      select ${probeId}, g.key, g.agreement, g.number, g.territory,
        (select b.id from probe_burst b where b.id = g.burst and b.agreement_id = g.agreement and ${probeId} = any (b.probe_ids)),
        g.at, g.verdict, g.sip, g.cause, g.delay, g.talk from given g order by g.at
      on conflict do nothing
      returning number, territory_code, at, verdict, delay_ms),
    counted as (
      insert into probe_window (territory_code, number, probe_id, from_at, tried, answered, reached, delay_ms_sum, delays)
      select territory_code, number, ${probeId}, date_bin('5 minutes', at, 'epoch'), count(*), count(*) filter (where verdict = 'answered'),
        count(*) filter (where verdict = 'reached'), coalesce(sum(delay_ms), 0), count(delay_ms)
      from kept where verdict <> 'not_placed' group by 1, 2, 4 order by 1, 2, 4
      on conflict (territory_code, number, probe_id, from_at) do update set tried = probe_window.tried + excluded.tried,
        answered = probe_window.answered + excluded.answered, reached = probe_window.reached + excluded.reached,
        delay_ms_sum = probe_window.delay_ms_sum + excluded.delay_ms_sum, delays = probe_window.delays + excluded.delays),
    newest as (
      insert into probe_last (probe_id, territory_code, number, at, verdict, passed_at)
      select ${probeId}, territory_code, number, max(at), (array_agg(verdict order by at desc))[1],
        max(at) filter (where verdict in ('answered', 'reached'))
      from kept where verdict <> 'not_placed' group by 2, 3 order by 2, 3
      on conflict (territory_code, number, probe_id) do update set
        verdict = case when excluded.at >= probe_last.at then excluded.verdict else probe_last.verdict end,
        at = greatest(excluded.at, probe_last.at), passed_at = greatest(excluded.passed_at, probe_last.passed_at))
    select count(*)::int as n from kept`)
  return row?.n ?? 0
}

export function idOf(raw: unknown): string | null {
  const { id } = Object(raw) as { id?: unknown }
  return typeof id === 'string' ? id.slice(0, 64) : null
}
