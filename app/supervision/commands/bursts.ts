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
  const [recent, called] = [await lastBursts(tx, asked, now), await lastCalls(tx, asked)]
  const opened = new Map<string, typeof probeBurst.$inferInsert>()
  for (const one of asked) {
    const place = placeOf(one)
    const last = recent.get(place)
    const rest = one.cause === 'report' ? BURST.withinMs : BURST.restMs
    if (opened.has(place) || last?.open || (last && last.at > now.getTime() - rest)) continue
    const callers = probes.map((row) => ({
      ...row,
      heardAt: row.heardAt === null ? null : Date.parse(row.heardAt),
      calledAt: called.get(`${place}|${row.id}`) ?? null,
    }))
    const probeIds = callersFor(callers, now.getTime())
    if (probeIds.length > 0) opened.set(place, { ...one, probeIds, calls: BURST.callsEach, openedAt: now })
  }
  if (opened.size > 0) await tx.insert(probeBurst).values([...opened.values()])
  return opened.size
}

function placeOf({ territoryCode, number }: Pick<Asked, 'territoryCode' | 'number'>): string {
  return `${territoryCode}|${number}`
}

function places(asked: readonly Asked[]) {
  return sql`(select distinct "territoryCode" as territory, number
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as x ("territoryCode" text, number text)) a`
}

async function lastBursts(tx: Tx, asked: readonly Asked[], now: Date) {
  const since = new Date(now.getTime() - BURST.restMs).toISOString()
  const rows = await tx.execute<{ place: string; open: boolean; at: string }>(sql`
    select a.territory || '|' || a.number as place, bool_or(b.state = 'open') as open, max(b.opened_at) as at
    from ${places(asked)} join probe_burst b on b.territory_code = a.territory and b.number = a.number
    where b.state = 'open' or b.opened_at > ${since}::timestamptz group by 1`)
  return new Map(rows.map(({ place, open, at }) => [place, { open, at: Date.parse(at) }]))
}

async function lastCalls(tx: Tx, asked: readonly Asked[]) {
  const rows = await tx.execute<{ key: string; at: string }>(sql`
    select a.territory || '|' || a.number || '|' || l.probe_id as key, l.at
    from ${places(asked)} join probe_last l on l.territory_code = a.territory and l.number = a.number`)
  return new Map(rows.map(({ key, at }) => [key, Date.parse(at)]))
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
  const heard = await callsOf(tx, open)
  const decided: Decided[] = []
  for (const burst of open) {
    const calls = heard.get(burst.id) ?? []
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

type Called = BurstCall & { burst: number; operator: string; technology: string }

async function callsOf(tx: Tx, bursts: readonly BurstRow[]): Promise<Map<number, Called[]>> {
  if (bursts.length === 0) return new Map()
  const ids = bursts.map(({ id }) => id)
  const calls = await tx.execute<Called>(sql`
    select r.burst_id::int as burst, r.probe_id::int as probe, r.verdict <> 'failed' as passed, p.operator, p.technology
    from probe_result r join probe p on p.id = r.probe_id where r.burst_id in ${ids} and r.verdict <> 'not_placed' order by r.id`)
  return Map.groupBy(calls, ({ burst }) => burst)
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
