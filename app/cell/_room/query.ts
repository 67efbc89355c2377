import { sql } from 'drizzle-orm'
import { cache } from 'react'
import type { AccountActor } from '#app/_auth/actor.ts'
import { OVERDUE_IN_SQL } from '#app/cases/rules/deadlines.ts'
import { statesThat } from '#app/cases/rules/states.ts'
import { readStrip, type StripFacts } from '#app/crisis/_strip/query.ts'
import { type CallTask, callTasks } from '#app/crisis/queries.ts'
import { PROBE_PROOFS } from '#app/supervision/queries.ts'
import type { Level } from '#db/schema/cases.ts'
import { asActor } from '#db/transaction.ts'
import { type Proof, type Reported, TESTS_COUNT_MIN } from '../rules/grid.ts'

/** A case in a list of what is to do; instants are ISO texts. */
export type RoomCase = {
  reference: string
  level: Level
  organisation: string | null
  reporterKind: string
  territory: string
  numbers: string[]
  receivedAt: string
  nextContactAt: string
}

export type Room = {
  strip: StripFacts
  calls: CallTask[]
  reported: Reported[]
  proofs: Proof[]
  /** Names of the territories of the grid. */
  names: Record<string, string>
  /** Promises broken, the longest ago first; then those due within the half hour. */
  missed: RoomCase[]
  due: RoomCase[]
  dueCount: number
  /** Cases whose move is ours and that nobody holds, in the order of the queue. */
  unheld: RoomCase[]
  unheldCount: number
  /** The next promise of all, for a quiet hour. */
  next: RoomCase | null
  /** When the reports of the last hours came, epoch ms. */
  instants: number[]
}

/** A promise is to be kept soon: within the update interval of an N3. */
const SOON_MIN = 30
/** Lines of a list that anybody reads; the queue has them all. */
const LINES = 8
/** The curve goes back so far. */
export const CURVE_MIN = 120
/** Beyond, the bars say "very many" as well. */
const MOST_REPORTS = 3000

const OURS = statesThat((meaning) => meaning.open && meaning.waitsFor === 'cell')
const OVER = statesThat((meaning) => meaning.open && !meaning.worked && meaning.waitsFor === 'reporter')

/** Everything the first screen shows, read once: a few figures, whatever the number of cases. */
export const readRoom = cache(async (actor: AccountActor, at: string): Promise<Room> => {
  const now = sql`${at}::timestamptz`
  const line = sql`jsonb_build_object('reference', c.reference, 'level', c.level, 'reporterKind', c.reporter_kind, 'territory', c.territory_code,
    'organisation', (select name from organisation where id = c.organisation_id), 'numbers', c.numbers, 'receivedAt', c.received_at, 'nextContactAt', c.next_contact_at)`
  const unheld = sql`app.is_open(c.state) and c.state in ${OURS} and c.assignee_id is null and (c.claimed_until is null or c.claimed_until <= ${now})`
  const soon = sql`app.is_open(c.state) and c.promise_missed_at is null and c.next_contact_at <= ${now} + make_interval(mins => ${SOON_MIN})`
  const lists = asActor(actor, async (tx) => {
    const calls = callTasks(tx, actor)
    const [read] = await tx.execute<Omit<Room, 'strip' | 'calls'>>(sql`
      with failing as (
        -- Read twice, so kept: no column more than is asked of it.
        select c.id, c.territory_code, c.state, c.level, c.since_at, c.received_at, c.next_contact_at, c.still_failing_at, c.incident_id, c.cause, n as number
        from cases c, unnest(c.numbers) n where app.is_open(c.state)),
      places as (
        select c.territory_code as territory, c.number, count(*)::int as cases, count(*) filter (where c.state in ${OVER})::int as restored,
          max(c.level) as level, extract(epoch from min(coalesce(c.since_at, c.received_at)))::float8 * 1000 as since,
          extract(epoch from min(c.next_contact_at))::float8 * 1000 as "nextAt", bool_or(c.still_failing_at is not null) as "stillFailing",
          min(coalesce(i.cause, c.cause)) as cause
        from failing c left join incident i on i.id = c.incident_id group by c.territory_code, c.number),
      behind as (
        select p.territory, p.number, case when bool_or(exists (select from fallback_test x where x.fallback_id = f.id and x.passed < x.tried
            and not exists (select from fallback_test n where n.fallback_id = f.id and lower(trim(n.network)) = lower(trim(x.network)) and (n.at, n.id) > (x.at, x.id))))
          then 'failing' else 'active' end as fallback
        from places p join territory t on t.code = p.territory
          join fallback f on f.state = 'open' and f.covers = p.number and f.territory_code in (t.code, t.region_code, t.zone_code, 'FR')
        group by p.territory, p.number),
      tests as (
        select c.territory_code as territory, c.number, sum(t.passed)::int as passed, sum(t.tried)::int as tried,
          extract(epoch from max(t.at))::float8 * 1000 as at, 'report' as by
        from case_test t join failing c on c.id = t.case_id
        where t.at > ${now} - make_interval(mins => ${TESTS_COUNT_MIN}) and t.at <= ${now} and coalesce(t.number, c.number) = c.number and t.tried > 0
        group by c.territory_code, c.number),
      probes as (${PROBE_PROOFS(now)})
      select
        (select coalesce(jsonb_agg(to_jsonb(p) || jsonb_build_object('fallback', b.fallback)), '[]') from places p left join behind b using (territory, number)) as reported,
        (select coalesce(jsonb_agg(tests), '[]') from tests) || (select coalesce(jsonb_agg(probes), '[]') from probes) as proofs,
        (select coalesce(jsonb_object_agg(code, name), '{}') from territory where code in (select territory from places union select territory from probes)) as names,
        (select coalesce(jsonb_agg(l), '[]') from (select ${line} as l from cases c where app.is_open(c.state) and c.${sql.raw(OVERDUE_IN_SQL)}
          and c.promise_missed_at is not null order by c.level desc, c.next_contact_at, c.id limit ${LINES}) x) as missed,
        (select coalesce(jsonb_agg(l), '[]') from (select ${line} as l from cases c where ${soon} order by c.next_contact_at, c.id limit ${LINES}) x) as due,
        (select count(*)::int from cases c where ${soon} or app.is_open(c.state) and c.promise_missed_at is not null) as "dueCount",
        (select coalesce(jsonb_agg(l), '[]') from (select ${line} as l from cases c where ${unheld}
          order by c.queue_rank, c.level desc, c.received_at, c.id limit ${LINES}) x) as unheld,
        (select count(*)::int from cases c where ${unheld}) as "unheldCount",
        (select ${line} from cases c where app.is_open(c.state) and c.promise_missed_at is null order by c.next_contact_at, c.id limit 1) as next,
        (select coalesce(jsonb_agg(at), '[]') from (select extract(epoch from received_at)::float8 * 1000 as at from cases
          where received_at > ${now} - make_interval(mins => ${CURVE_MIN}) and received_at <= ${now} order by received_at desc limit ${MOST_REPORTS}) r) as instants`)
    return { ...(read as Omit<Room, 'strip' | 'calls'>), calls: await calls }
  })
  const [read, strip] = await Promise.all([lists, readStrip(actor, new Date(at))])
  return { ...read, strip }
})
