import { type SQL, sql } from 'drizzle-orm'
import { cache } from 'react'
import type { AccountActor } from '#app/_auth/actor.ts'
import { TOUCHES } from '#app/works/queries.ts'
import type { BURST_CAUSES, BURST_STATES, CallVerdict } from '#db/schema/supervision.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { FRESH_MIN } from './rules/cell-proof.ts'
import { type Alarm, type Memory, nothingHeard, PooledWatch, type UsualCalls } from './rules/cusum.ts'
import { DOUBT_CALLS, type Watched } from './rules/probe-health.ts'
import { type Counted, USUAL_WEEKS } from './rules/rates.ts'

/** Beyond, calls say nothing of now: the same as for people's tests (app/cell/rules/grid.ts). */
const HOUR_MIN = 60

/** Calls of machines in one place and number, as the grid of the cell reads them. */
export type ProbeProof = {
  territory: string
  number: string
  passed: number
  tried: number
  at: number
  by: 'probe'
}

/**
 * What machines prove of each number and territory that is planned: the last quarter of an hour, the hour before it, and when the last
 * call was, however long ago. A failure that a burst has cleared since is none.
 */
export const PROBE_PROOFS = (now: SQL): SQL => sql`
  with planned as (
    select distinct a.territory_code as territory, a.number from test_agreement a join test_plan p on p.agreement_id = a.id where a.ended_at is null),
  last as (select l.territory_code as territory, l.number, max(l.at) as at from probe_last l group by 1, 2),
  cleared as (
    select distinct on (territory_code, number) territory_code as territory, number, state = 'cleared' as cleared
    from probe_burst where opened_at > ${now} - make_interval(mins => ${FRESH_MIN}) and opened_at <= ${now} order by territory_code, number, opened_at desc),
  calls as (
    select w.territory_code as territory, w.number, w.from_at > ${now} - make_interval(mins => ${FRESH_MIN + 5}) as fresh, max(w.from_at) as at,
      sum(w.tried)::int as tried, sum(w.answered + w.reached)::int as passed
    from probe_window w where w.from_at > ${now} - make_interval(mins => ${HOUR_MIN}) and w.from_at <= ${now} group by 1, 2, 3)
  select p.territory, p.number, 'probe' as by, coalesce(case when x.cleared then c.tried else c.passed end, 0) as passed,
    coalesce(c.tried, 0) as tried, extract(epoch from l.at)::float8 * 1000 as at
  from planned p join last l using (territory, number)
    left join calls c on c.territory = p.territory and c.number = p.number and c.fresh left join cleared x on x.territory = p.territory and x.number = p.number
  union all
  select c.territory, c.number, 'probe', c.passed, c.tried, extract(epoch from c.at)::float8 * 1000 from calls c join planned using (territory, number)
  where not c.fresh`

export type SupervisedCell = {
  territory: string
  territoryName: string
  number: string
  probes: number
  lastAt: string | null
  verdict: CallVerdict | null
  passedAt: string | null
  tried: number
  passed: number
  /** Its newest burst of the last hour. */
  burst: (typeof BURST_STATES)[number] | null
  /** Open reports of people, which outrank whatever the probes say. */
  reports: number
  /** Works announced for now, here. */
  works: number
}

export type BurstLine = {
  id: number
  number: string
  territory: string
  territoryName: string
  cause: (typeof BURST_CAUSES)[number]
  state: (typeof BURST_STATES)[number]
  openedAt: string
  decidedAt: string | null
  tried: number | null
  passed: number | null
  reference: string | null
  probes: string[]
  /** What is being worked on there, by its title. */
  works: string[]
}

export type SwitchLine = {
  source: string
  number: string
  seized: number
  answered: number
  effective: number
  attempts: number
  until: string
  /** At the same hour of the weeks before. */
  usual: Counted
}

export type Supervision = {
  stoppedAt: string | null
  stoppedBy: string | null
  cells: SupervisedCell[]
  probes: (Watched & { name: string; territoryName: string; operator: string; technology: string })[]
  bursts: BurstLine[]
  switches: SwitchLine[]
  /** Scopes that fail more than once a day's chance, the rarest first. */
  standing: Alarm[]
}

/** Everything the page of supervision shows, read once. */
export const readSupervision = cache(async (actor: AccountActor, at: string): Promise<Supervision> => {
  const now = sql`${at}::timestamptz`
  return asActor(actor, async (tx) => {
    const [watch] = await tx.execute<{
      stoppedAt: string | null
      stoppedBy: string | null
      memory: Partial<Memory>
      usual: Record<string, UsualCalls>
    }>(
      sql`select stopped_at as "stoppedAt", stopped_by_name as "stoppedBy", memory, usual from probe_watch where id = 1`,
    )
    const cells = await tx.execute<SupervisedCell>(sql`
      with planned as (
        select a.territory_code as territory, a.number, count(distinct p.probe_id)::int as probes
        from test_agreement a join test_plan p on p.agreement_id = a.id where a.ended_at is null group by 1, 2),
      calls as (
        select territory_code as territory, number, sum(tried)::int as tried, sum(answered + reached)::int as passed
        from probe_window where from_at > ${now} - make_interval(mins => ${HOUR_MIN}) and from_at <= ${now} group by 1, 2),
      last as (
        select territory_code as territory, number, max(at) as at, max(passed_at) as passed_at, (array_agg(verdict order by at desc))[1] as verdict
        from probe_last group by 1, 2),
      reported as (
        select territory_code as territory, n as number, count(*)::int as reports from cases c, unnest(c.numbers) n
        where app.is_open(c.state) group by 1, 2)
      select p.territory, t.name as "territoryName", p.number, p.probes, l.at as "lastAt", l.verdict, l.passed_at as "passedAt",
        coalesce(c.tried, 0) as tried, coalesce(c.passed, 0) as passed, coalesce(r.reports, 0) as reports,
        (select b.state from probe_burst b where b.territory_code = p.territory and b.number = p.number
          and b.opened_at > ${now} - make_interval(mins => ${HOUR_MIN}) order by b.opened_at desc limit 1) as burst,
        (select count(*)::int from works w where w.cancelled_at is null and w.from_at <= ${now} and w.to_at > ${now}
          and (cardinality(w.numbers) = 0 or p.number = any (w.numbers)) and ${TOUCHES}) as works
      from planned p join territory t on t.code = p.territory left join calls c using (territory, number)
        left join last l using (territory, number) left join reported r using (territory, number)
      order by p.territory, p.number`)
    return {
      stoppedAt: watch?.stoppedAt ?? null,
      stoppedBy: watch?.stoppedBy ?? null,
      cells: [...cells],
      probes: await readProbes(tx, now),
      bursts: await readBursts(tx, now),
      switches: await readSwitches(tx, now),
      standing: standingOf(watch?.memory ?? {}, watch?.usual ?? {}),
    }
  })
})

/** Beyond what chance alone brings once a day: what is commoner says nothing. */
function standingOf(memory: Partial<Memory>, usual: Record<string, UsualCalls>): Alarm[] {
  return new PooledWatch({ ...nothingHeard(), ...memory }, usual)
    .standing()
    .filter(({ years }) => years >= 1 / 365)
}

async function readProbes(tx: Tx, now: SQL): Promise<Supervision['probes']> {
  type Row = Omit<Supervision['probes'][number], 'createdAt' | 'heardAt'> & {
    createdAt: string
    heardAt: string | null
  }
  // Of its day so many of the newest windows as make a doubt, and whether any call failed: a busy probe has tens of thousands. Reports are
  // counted of a probe that can be doubted alone: each is held against every open case of its places.
  const ofTheDay = sql`w.probe_id = p.id and w.from_at > ${now} - interval '1 day' and w.from_at <= ${now}`
  const rows = await tx.execute<Row>(sql`
    with heard as (
      select p.*, (select min(every_s) from test_plan where probe_id = p.id) as every_s,
        (select coalesce(sum(tried), 0)::int from (select tried from probe_window w where ${ofTheDay} order by w.from_at desc limit ${DOUBT_CALLS}) n) as calls,
        exists (select from probe_window w where ${ofTheDay} and w.tried > w.answered + w.reached) as failed
      from probe p where p.active)
    select p.id::int as id, p.name, p.operator, p.technology, t.name as "territoryName", p.active, p.created_at as "createdAt",
      p.heard_at as "heardAt", p.trouble, p.every_s as "everyS", p.calls, p.failed,
      case when p.failed or p.calls < ${DOUBT_CALLS} then 0 else (
        select count(distinct k.id)::int from probe_last l join cases k on k.territory_code = l.territory_code and l.number = any (k.numbers)
        where l.probe_id = p.id and l.verdict in ('answered', 'reached') and l.at > k.received_at
          and app.is_open(k.state) and k.state not in ('restored', 'confirmed') and k.verification <> 'unverified') end as "unseenReports"
    from heard p left join territory t on t.code = p.territory_code order by p.name`)
  return rows.map((row) => ({
    ...row,
    createdAt: Date.parse(row.createdAt),
    heardAt: row.heardAt === null ? null : Date.parse(row.heardAt),
  }))
}

async function readBursts(tx: Tx, now: SQL): Promise<BurstLine[]> {
  const rows = await tx.execute<BurstLine>(sql`
    select b.id::int as id, b.number, b.territory_code as territory, t.name as "territoryName", b.cause, b.state, b.opened_at as "openedAt",
      b.decided_at as "decidedAt", b.tried, b.passed, c.reference,
      array(select p.operator || ' (' || p.name || ')' from probe p where p.id = any (b.probe_ids) order by p.name) as probes,
      array(select w.title from works w where w.cancelled_at is null and w.from_at <= ${now} and w.to_at > ${now}
        and (cardinality(w.numbers) = 0 or b.number = any (w.numbers)) and ${TOUCHES} order by w.from_at) as works
    from probe_burst b join territory t on t.code = b.territory_code left join cases c on c.id = b.case_id
    where b.opened_at > ${now} - interval '12 hours' and b.opened_at <= ${now} order by b.opened_at desc limit 20`)
  return [...rows]
}

async function readSwitches(tx: Tx, now: SQL): Promise<SwitchLine[]> {
  const effective = sql`answers + busy + no_answer + rejected`
  const rows = await tx.execute<SwitchLine>(sql`
    select source, number, sum(seizures) filter (where week = 0)::int as seized, sum(answers) filter (where week = 0)::int as answered,
      sum(attempts) filter (where week = 0)::int as attempts, sum(${effective}) filter (where week = 0)::int as effective, max(to_at) as until,
      jsonb_build_object('seized', coalesce(sum(seizures) filter (where week > 0), 0), 'answered', coalesce(sum(answers) filter (where week > 0), 0),
        'effective', coalesce(sum(${effective}) filter (where week > 0), 0)) as usual
    from generate_series(0, ${USUAL_WEEKS}::int) week join switch_count on from_at > ${now} - make_interval(weeks => week, mins => ${HOUR_MIN})
      and from_at <= ${now} - make_interval(weeks => week)
    group by source, number having bool_or(week = 0) order by source, number`)
  return [...rows]
}

export type AgreementLine = {
  id: number
  organisation: string
  number: string
  territory: string
  destination: string
  emergencyItself: boolean
  agreedBy: string
  agreedOn: string
  writtenAs: string | null
  until: string | null
  fromHour: number
  toHour: number
  contact: string
  mostPerHour: number
  plans: { probeId: number; probe: string; everyS: number }[]
}
export type ProbeLine = {
  id: number
  name: string
  operator: string
  technology: string
  territory: string
  heardAt: string | null
}

/** Who may be called, by whom, how often. */
export function readPlan(actor: AccountActor): Promise<{ agreements: AgreementLine[]; probes: ProbeLine[] }> {
  return asActor(actor, async (tx) => ({
    agreements: [
      ...(await tx.execute<AgreementLine>(sql`
        select a.id::int as id, o.name as organisation, a.number, a.territory_code as territory, a.destination, a.emergency_itself as "emergencyItself",
          a.agreed_by as "agreedBy", a.agreed_on as "agreedOn", a.written_as as "writtenAs", a.until, a.from_hour as "fromHour", a.to_hour as "toHour",
          a.contact, a.most_per_hour as "mostPerHour",
          coalesce((select jsonb_agg(jsonb_build_object('probeId', p.id, 'probe', p.name, 'everyS', q.every_s) order by p.name)
            from test_plan q join probe p on p.id = q.probe_id where q.agreement_id = a.id), '[]') as plans
        from test_agreement a join organisation o on o.id = a.organisation_id where a.ended_at is null
        order by a.territory_code, a.number, a.id`)),
    ],
    probes: [
      ...(await tx.execute<ProbeLine>(sql`
        select id::int as id, name, operator, technology, territory_code as territory, heard_at as "heardAt" from probe where active order by name`)),
    ],
  }))
}

/** Centres that could agree: those that answer a number, by territory. */
export function readCentres(actor: AccountActor): Promise<{ id: number; name: string; territory: string }[]> {
  return asActor(actor, async (tx) => [
    ...(await tx.execute<{ id: number; name: string; territory: string }>(sql`
      select o.id::int as id, o.name, o.territory_code as territory from organisation o
      where o.active and o.exercise_id is null
        and o.kind in ('samu', 'sdis', 'bspp_bmpm', 'cetra', 'police', 'gendarmerie', 'cnr114', 'siao115', 'cross')
      order by o.territory_code, o.name`)),
  ])
}
