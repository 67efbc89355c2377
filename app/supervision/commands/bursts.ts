import { eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { probeBurst } from '#db/schema/supervision.ts'
import type { Tx } from '#db/transaction.ts'
import { BURST, type BurstCall, type Caller, callersFor, verdictOfBurst } from '../rules/burst.ts'

export type BurstRow = typeof probeBurst.$inferSelect
/** A destination that a failed call, or a case, asks to be called from two networks. */
export type Asked = {
  agreementId: number
  number: string
  territoryCode: string
  cause: 'probe' | 'report'
  caseId: number | null
}

/** Opens the bursts that are asked for, each destination once in a while; nobody is called where no probe is there. */
export async function openBursts(tx: Tx, asked: readonly Asked[], now: Date): Promise<number> {
  if (asked.length === 0) return 0
  const probes = await tx.execute<Omit<Caller, 'heardAt' | 'calledAt'> & { heardAt: string | null }>(sql`
    select id::int as id, operator, technology, heard_at as "heardAt" from probe where active
      and not exists (select from probe_watch where stopped_at is not null)`)
  let opened = 0
  for (const one of asked) {
    const rest = one.cause === 'report' ? BURST.withinMs : BURST.restMs
    const [recent] = await tx.execute(sql`
      select 1 from probe_burst where territory_code = ${one.territoryCode} and number = ${one.number}
        and (state = 'open' or opened_at > ${new Date(now.getTime() - rest).toISOString()}::timestamptz) limit 1`)
    if (recent) continue
    const called = await tx.execute<{ id: number; at: string }>(sql`
      select probe_id::int as id, at from probe_last where territory_code = ${one.territoryCode} and number = ${one.number}`)
    const calledAt = new Map(called.map(({ id, at }) => [id, Date.parse(at)]))
    const callers = probes.map((row) => ({
      ...row,
      heardAt: row.heardAt === null ? null : Date.parse(row.heardAt),
      calledAt: calledAt.get(row.id) ?? null,
    }))
    const probeIds = callersFor(callers, now.getTime())
    if (probeIds.length === 0) continue
    await tx.insert(probeBurst).values({ ...one, probeIds, calls: BURST.callsEach, openedAt: now })
    opened += 1
  }
  return opened
}

export type Decided = BurstRow & {
  byProbe: { operator: string; technology: string; tried: number; passed: number }[]
}

/** Bursts that their calls, or the end of their three minutes, decide now. */
export async function decideBursts(tx: Tx, actor: MachineActor, now: Date): Promise<Decided[]> {
  const open = await tx
    .select()
    .from(probeBurst)
    .where(eq(probeBurst.state, 'open'))
    .for('update', { skipLocked: true })
  const decided: Decided[] = []
  for (const burst of open) {
    const calls = await tx.execute<BurstCall & { operator: string; technology: string }>(sql`
      select r.probe_id::int as probe, r.verdict <> 'failed' as passed, p.operator, p.technology
      from probe_result r join probe p on p.id = r.probe_id where r.burst_id = ${burst.id} and r.verdict <> 'not_placed' order by r.id`)
    const verdict = verdictOfBurst(
      { openedAt: burst.openedAt.getTime(), calls: burst.calls, probes: burst.probeIds.length },
      calls,
      now.getTime(),
    )
    if (verdict.state === 'open') continue
    await tx
      .update(probeBurst)
      .set({ ...verdict, decidedAt: now })
      .where(eq(probeBurst.id, burst.id))
    if (verdict.state !== 'unanswered')
      await append(tx, actor, {
        ...{ chain: 'supervision', at: now, visibility: 'internal' },
        event: verdict.state === 'confirmed' ? 'supervision.burst_confirmed' : 'supervision.burst_cleared',
        data: {
          burst: burst.id,
          number: burst.number,
          territory: burst.territoryCode,
          passed: verdict.passed,
          tried: verdict.tried,
        },
      })
    const byProbe = [...Map.groupBy(calls, (one) => one.probe).values()].map((some) => ({
      operator: some[0]?.operator ?? '',
      technology: some[0]?.technology ?? 'unknown',
      tried: some.length,
      passed: some.filter((one) => one.passed).length,
    }))
    decided.push({ ...burst, ...verdict, decidedAt: now, byProbe })
  }
  return decided
}

/** Open reports whose number and place have an agreed destination, and that no burst has tried yet. */
export async function reportsToTry(tx: Tx, now: Date): Promise<Asked[]> {
  const since = new Date(now.getTime() - REPORT_FRESH_MS)
  const rows = await tx.execute<{
    agreementId: number
    number: string
    territoryCode: string
    caseId: number
  }>(sql`
    select distinct on (c.territory_code, a.number) a.id::int as "agreementId", a.number, a.territory_code as "territoryCode", c.id::int as "caseId"
    from cases c join test_agreement a on a.territory_code = c.territory_code and a.number = any (c.numbers) and a.ended_at is null
    where c.received_at > ${since.toISOString()}::timestamptz and c.received_at <= ${now.toISOString()}::timestamptz and app.is_open(c.state)
      and c.verification <> 'unverified' and not exists (select from probe_burst b where b.case_id = c.id and b.number = a.number)
    order by c.territory_code, a.number, c.received_at, a.id`)
  return rows.map((row) => ({ ...row, cause: 'report' as const }))
}

/** A report is tried within R0's ten minutes or by people. */
const REPORT_FRESH_MS = 10 * 60_000
