import { sql } from 'drizzle-orm'
import { cache } from 'react'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { makeShared } from '#app/_live/shared.ts'
import { callsBack, TO_CALL_BACK } from '#app/calls/queries.ts'
import { realHourOf } from '#app/exercises/clock.ts'
import { SHOWN_PROPOSAL, type ShownProposal } from '#app/incidents/_parts/proposal.ts'
import { type IncidentTold, readTold } from '#app/told/read.ts'
import { notToldYet, type Party } from '#app/told/rules/told.ts'
import type { CellStateName } from '#db/schema/crisis.ts'
import type { DeliveryState } from '#db/schema/notification.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { shiftsBetween } from '../commands/on-call.ts'
import { countCalls } from '../queries.ts'
import { type Gap, gapsIn } from '../rules/roster.ts'
import { type ClockValues, clockValues } from '../rules/thresholds.ts'

/** Who presses a second too late must still see by whom it was decided. */
const DECIDED_SHOWN_MIN = 10
/** Proposals below a crisis that the strip holds; the page of incidents holds all. */
const FOLDED = 3

export type Calling = {
  name: string
  since: string
  cannot: boolean
  ways: { channel: string; state: DeliveryState; attempts: number }[]
}

export type StripFacts = {
  cell: { state: CellStateName; at: string; byName: string } | null
  run: {
    id: number
    firstReportAt: string
    activatedAt: string | null
    activatedBy: 'person' | 'silence' | null
    activatedByName: string | null
    declinedAt: string | null
    answeredAt: string | null
    incident: string | null
    called: string | null
    /** Who is being called, by what and since when; nobody once somebody has answered or refused it. */
    calling: Calling[]
  } | null
  /** `decided`: the cell is active already, the person called is still to answer. */
  call: { id: number; at: string; round: number; decided: boolean } | null
  crises: ShownProposal[]
  others: ShownProposal[]
  otherCount: number
  incidents: { reference: string; title: string | null; level: number }[]
  first: { at: string; reference: string; organisation: string | null } | null
  /** Calls to make: authorities that have not answered, people whom no message reached. */
  toCall: number
  /** Calls of the hotline that nobody answered. */
  toCallBack: number
  /** Parties that must know of an incident and do not yet; the one that is owed it soonest. */
  untold: { count: number; late: boolean; first: Party | null; dueAt: string | null }
  /** What nobody holds, now and until the end of the coming shift. */
  holes: Gap[]
  clock: ClockValues
}

/** The coming shift is seen whole: twelve hours. */
const AHEAD_MS = 12 * 3_600_000

/** Everything the strip shows, in one query; the first screen asks the same. */
export function readStrip(actor: AccountActor, now: Date): Promise<StripFacts> {
  return stripAt(actor, now.toISOString())
}

/** Once for a page; of those of one role and world, once for all while nothing is committed: it stands on every page of the cell. */
const stripAt = cache(async (actor: AccountActor, at: string): Promise<StripFacts> => {
  const asked = { key: stripKey(actor), actor, now: new Date(at) }
  const { calls, ...facts } = await shared(asked, () => readFacts(actor, at))
  return { ...facts, call: calls[actor.accountId] ?? null }
})

type Facts = Omit<StripFacts, 'call'> & { calls: Record<number, NonNullable<StripFacts['call']>> }
const shared = makeShared<Facts>()

/** Two who share it may see the same. Whoever does not work cases sees of the ways to reach people his own. */
export function stripKey(actor: AccountActor): string {
  return JSON.stringify([actor.role, actor.exerciseId, may(actor, 'cases.work') ? null : actor.accountId])
}

async function readFacts(actor: AccountActor, at: string): Promise<Facts> {
  const now = new Date(at)
  const window = sql`(${at}::timestamptz - make_interval(mins => coalesce((select value from threshold where key = 'clockMin'), ${clockValues().clockMin})::int))`
  // The clock may only be shortened (thresholds.ts): nothing before this can matter, and an index can follow a plain hour.
  const [earliest, before] = [1, 2].map((clocks) =>
    new Date(now.getTime() - clocks * clockValues().clockMin * 60_000).toISOString(),
  )
  const shown = sql`(p.state = 'open' or p.decided_at > ${at}::timestamptz - make_interval(mins => ${DECIDED_SHOWN_MIN}))`
  const read = async (tx: Tx) => {
    // Sent together down one connection: one round trip.
    const told = readTold(tx, now)
    // An exercise that really rings rings those of today's roster.
    const hour = (await realHourOf(tx, actor.exerciseId)) ?? now
    const shifts = shiftsBetween(tx, hour, new Date(hour.getTime() + AHEAD_MS), hour)
    const [found] = await tx.execute<
      Omit<Facts, 'clock' | 'holes' | 'untold'> & { thresholds: Partial<ClockValues> | null }
    >(sql`select
      (select jsonb_build_object('state', state, 'at', at, 'byName', by_name) from cell_state order by id desc limit 1) as cell,
      (select jsonb_build_object('id', r.id, 'firstReportAt', r.first_report_at, 'activatedAt', r.activated_at, 'activatedBy', r.activated_by,
        'activatedByName', r.activated_by_name, 'declinedAt', r.declined_at, 'answeredAt', r.first_answer_at, 'incident', i.reference,
        'calling', (select coalesce(jsonb_agg(jsonb_build_object('name', o.name, 'since', o.since, 'cannot', o.cannot, 'ways',
            (select coalesce(jsonb_agg(jsonb_build_object('channel', m.channel, 'state', m.state, 'attempts', m.attempts) order by m.id), '[]')
              from outbox m where m.account_id = o.account_id and m.kind = 'crisis_called' and m.channel <> 'inbox' and m.created_at >= r.first_report_at)
          ) order by o.since), '[]')
          from (select account_id, name, min(at) as since, bool_or(cannot_at is not null) as cannot from call_out where crisis_id = r.id and r.first_answer_at is null and r.declined_at is null
            group by account_id, name order by min(at) limit 12) o),
        'called', (select name from call_out where crisis_id = r.id order by at desc, id desc limit 1))
        from crisis r left join incident i on i.id = r.incident_id where r.ended_at is null) as run,
      (select coalesce(jsonb_object_agg(account_id, one), '{}') from (
        select distinct on (o.account_id) o.account_id, jsonb_build_object('id', o.id, 'at', o.at, 'round', o.round, 'decided', r.activated_at is not null) as one
        from call_out o join crisis r on r.id = o.crisis_id
        where r.ended_at is null and r.first_answer_at is null and r.declined_at is null order by o.account_id, o.id desc) newest) as calls,
      (select coalesce(jsonb_agg(${SHOWN_PROPOSAL} order by p.fired_at, p.id), '[]') from proposal p left join incident i on i.id = p.incident_id
        where p.level = 'crisis' and ${shown}) as crises,
      (select coalesce(jsonb_agg(${SHOWN_PROPOSAL} order by p.level = 'check', p.fired_at desc, p.id), '[]')
        from (select * from proposal p where p.level <> 'crisis' and ${shown} order by p.level = 'check', p.fired_at desc, p.id limit ${FOLDED}) p
        left join incident i on i.id = p.incident_id) as others,
      ${countCalls(actor)} as "toCall",
      ${callsBack(actor) ? TO_CALL_BACK : sql`0`} as "toCallBack",
      (select count(*)::int from proposal p where p.level <> 'crisis' and p.state = 'open') as "otherCount",
      (select coalesce(jsonb_agg(x), '[]') from (select reference, title, level from incident where state <> 'closed' order by level desc, opened_at desc limit 20) x) as incidents,
      (select jsonb_build_object('at', c.received_at, 'reference', c.reference, 'organisation', o.name) from cases c left join organisation o on o.id = c.organisation_id
        where c.received_at > ${earliest} and c.received_at > ${window} and c.received_at <= ${at}
          and (c.qualifies and c.outcome = 'case' or c.outcome is null and c.verification <> 'unverified')
          and app.is_open(c.state) and c.residual_since is null
          and not exists (select from incident i where i.id = c.incident_id and i.state in ('restored', 'residual', 'closed'))
          and not exists (select from cases e where e.received_at > ${before} and e.received_at < c.received_at and e.received_at > c.received_at - (${at}::timestamptz - ${window})
            and e.qualifies and e.outcome = 'case')
        order by c.received_at limit 1) as first,
      (select jsonb_object_agg(key, value) from threshold where key in ('clockMin', 'silenceBeforeEndMin', 'ladderStepMin')) as thresholds`)
    return (
      found && {
        ...found,
        untold: untoldIn(await told),
        holes: gapsIn(await shifts, hour.getTime(), hour.getTime() + AHEAD_MS),
      }
    )
  }
  const row = await asActor(actor, read, { plannedOnce: true })
  if (!row) throw new Error('the strip of the cell was not read')
  const { thresholds, ...facts } = row
  return { ...facts, clock: clockValues(thresholds ?? {}) }
}

function untoldIn(incidents: readonly IncidentTold[]): StripFacts['untold'] {
  const missing = incidents
    .flatMap(({ owed }) => notToldYet(owed))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
  const [first] = missing
  return {
    count: missing.length,
    late: missing.some(({ standing }) => standing === 'late'),
    first: first?.party ?? null,
    dueAt: first?.dueAt.toISOString() ?? null,
  }
}
