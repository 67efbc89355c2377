import { type SQL, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { searchable } from '#db/reference/searchable.ts'
import { asActor } from '#db/transaction.ts'
import { OVERDUE_IN_SQL } from '../rules/deadlines.ts'
import {
  looksLikeReference,
  readIncidentReference,
  readReference,
  shortReference,
  yearOfNumber,
} from '../rules/reference-number.ts'
import { typedPieces } from '../rules/typed-search.ts'
import { CALLED } from './called.ts'
import { type Filters, isTyped, overOpenCases } from './filters.ts'
import { type Place, placeOf, type QueueRow, writePlace } from './row.ts'

export const PAGE_ROWS = 25
/** Counts stop here: what matters of "99+" is that it is many, and counting ten thousand rows slows every page. */
export const COUNT_CAP = 99
/** Words with a filter beside them look at the newest cases that match: who means an older one adds a word. */
const NEWEST_FOUND = 300

export type Counts = { overdue: number; received: number; mine: number; residual: number }
export type SavedView = { id: number; name: string; query: string }

/** What changes while one looks; `mine` counts for each person asked about, the other counts are everybody's. */
export type QueueRows = {
  rows: QueueRow[]
  next: string | null
  counts: Omit<Counts, 'mine'>
  mine: Record<number, number>
}

/** What stands around the rows of a page. */
export type Desk = {
  views: SavedView[]
  teams: { id: number; name: string }[]
  /** The case whose number was typed, if it exists. */
  exact: string | null
  /** The incident whose number was typed, and those of that name. */
  incident: string | null
  incidents: { reference: string; title: string | null }[]
  /** What the typed territory was understood as; null when none was typed. */
  places: string[] | null
}

export async function readDesk(actor: AccountActor, filters: Filters, now: Date): Promise<Desk> {
  const [read] = await asActor(actor, (tx) =>
    tx.execute<Desk>(sql`select
      (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'query', query) order by name), '[]')
        from saved_view where account_id = ${actor.accountId}) as views,
      (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by name), '[]')
        from team where active) as teams,
      (select reference from cases where reference = ${typedNumber(filters.q, now)}) as exact,
      (select reference from incident where reference = ${readIncidentReference(filters.q)}) as incident,
      ${incidentsCalled(filters.q)} as incidents,
      ${filters.territory ? sql`(select coalesce(json_agg(name), '[]') from territory where ${called(filters.territory)})` : sql`null::json`} as places`),
  )
  return read as Desk
}

/** Rows and counts, once for several people who may see the same list; a list of one's own is its person's alone. */
export async function readRows(
  actor: AccountActor,
  people: number[],
  filters: Filters,
  after: Place | null,
  now: Date,
): Promise<QueueRows> {
  const [read] = await asActor(
    actor,
    (tx) =>
      tx.execute<Omit<QueueRows, 'next'>>(
        sql`select ${rowsAndCounts(filters, after, people, actor.accountId, now)}`,
      ),
    { plannedOnce: !isTyped(filters) },
  )
  const { rows, ...counted } = read as Omit<QueueRows, 'next'>
  const last = rows[PAGE_ROWS - 1]
  return {
    ...counted,
    rows: rows.slice(0, PAGE_ROWS),
    // One row more than a page was asked for.
    next: rows.length > PAGE_ROWS && last ? writePlace(placeOf(last, byAge(filters))) : null,
  }
}

/** The same for one who was not among those asked about. */
export async function countMine(actor: AccountActor): Promise<number> {
  const [read] = await asActor(
    actor,
    (tx) => tx.execute<{ mine: number }>(sql`select ${heldBy(sql`${actor.accountId}::bigint`)} as mine`),
    { plannedOnce: true },
  )
  return read?.mine ?? 0
}

function rowsAndCounts(filters: Filters, after: Place | null, people: number[], me: number, now: Date): SQL {
  return sql`(select coalesce(json_agg(line), '[]') from (${page(filters, after, me, now)}) line) as rows,
      json_build_object(
        'overdue', ${capped(sql`${OPEN} and ${OVERDUE}`)},
        'received', ${capped(sql`${OPEN} and state = 'received'`)},
        'residual', ${capped(sql`${OPEN} and residual_since is not null`)}) as counts,
      (select json_object_agg(person, ${heldBy(sql`person`)})
        from unnest(${`{${people.join()}}`}::bigint[]) person) as mine`
}

/** The number of a case that the person typed, whole or cut short. */
export function typedNumber(q: string, now: Date): string | null {
  return looksLikeReference(q) ? readReference(q) : shortReference(q, yearOfNumber(now))
}

/** What to look for, in the words of the database: every word, and the last one as the beginning of a word. */
function typedWords(q: string): SQL | null {
  const pieces = typedPieces(q, CALLED)
  return pieces.length > 0 ? sql`app.words_asked(${JSON.stringify(pieces)}::jsonb)` : null
}

/** Incidents that bear every word of it, the newest first. */
function incidentsCalled(q: string): SQL {
  const words = typedWords(q)
  if (!words) return sql`'[]'::json`
  return sql`(select coalesce(json_agg(json_build_object('reference', reference, 'title', title)), '[]') from (
    select reference, title from app.found_incidents(${words})) named)`
}

const OPEN = sql`app.is_open(state)`
const OVERDUE = sql.raw(OVERDUE_IN_SQL)

function capped(where: SQL): SQL {
  return sql`(select count(*)::int from (select from cases where ${where} limit ${sql.raw(String(COUNT_CAP + 1))}) few)`
}

function heldBy(person: SQL): SQL {
  return capped(sql`${OPEN} and (assignee_id = ${person} or claimed_by_id = ${person})`)
}

/** The rows first, by an index; their names after, for those alone: joined, the planner reads whole tables for each row. */
function page(filters: Filters, after: Place | null, me: number, now: Date): SQL {
  const where = sql.join(conditions(filters, after, me), sql` and `)
  const open = overOpenCases(filters) && !filters.q
  const [order, orderOfRows] = byAge(filters)
    ? [sql`residual_since, id`, sql`c.residual_since, c.id`]
    : open
      ? [sql`queue_rank, level desc, received_at, id`, sql`c.queue_rank, c.level desc, c.received_at, c.id`]
      : [sql`received_at desc, id desc`, sql`c.received_at desc, c.id desc`]
  const most = sql.raw(String(PAGE_ROWS + 1))
  const parts = after ? placesAfter(after, filters, open) : [sql`true`]
  const branches = parts.map(
    (later) => sql`(select * from cases where ${where} and ${later} order by ${order} limit ${most})`,
  )
  return sql`select ${rowOf(now)}
    from (select * from (${sql.join(branches, sql` union all `)}) ahead order by ${order} limit ${most}) c
    order by ${orderOfRows}`
}

/** One row of the queue, of the case `c`. */
export function rowOf(now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  return sql`c.id, c.reference, c.version, c.state, c.level, c.numbers, c.symptom,
      c.territory_code as "territoryCode", (select name from territory where code = c.territory_code) as territory,
      (select name from organisation where id = c.organisation_id) as organisation,
      c.reporter_kind as "reporterKind", c.verification, c.received_at as "receivedAt",
      c.acknowledged_at as "acknowledgedAt", c.closed_at as "closedAt", c.ack_due_at as "ackDueAt",
      c.check_due_at as "checkDueAt", c.next_contact_at as "nextContactAt", c.ack_missed_at as "ackMissedAt",
      c.check_missed_at as "checkMissedAt", c.promise_missed_at as "promiseMissedAt",
      c.still_failing_at as "stillFailingAt", c.answered_at as "answeredAt", c.residual_since as "residualSince",
      (select concat_ws(' · ', reference, nullif(title, '')) from incident where id = c.incident_id) as incident, c.queue_rank as "queueRank",
      c.assignee_id as "assigneeId", (select name from account where id = c.assignee_id) as assignee,
      case when c.claimed_until > ${at} then c.claimed_by_id end as "holderId",
      case when c.claimed_until > ${at} then (select name from account where id = c.claimed_by_id) end as holder`
}

/** Which cases these filters mean; words alone are looked for so many at a time, from a place on. */
export function conditions(
  filters: Filters,
  after: Pick<Place, 'at' | 'id'> | null,
  me: number,
  most = PAGE_ROWS + 1,
): SQL[] {
  const all = narrowed(filters, me)
  const words = typedWords(filters.q)
  if (words) all.push(found(words, all.length === 0 ? most : null, after))
  // Signs alone were typed: nothing bears them.
  else if (filters.q) all.push(sql`false`)
  return all.length > 0 ? all : [sql`true`]
}

function found(words: SQL, alone: number | null, after: Pick<Place, 'at' | 'id'> | null): SQL {
  if (alone === null) return sql`id in (select app.found_cases(${words}, ${NEWEST_FOUND}))`
  const [at, id] = after ? [new Date(after.at).toISOString(), after.id] : [null, null]
  return sql`id in (select app.found_cases(${words}, ${alone}, ${at}::timestamptz, ${id}::bigint))`
}

function narrowed(filters: Filters, me: number): SQL[] {
  const all: SQL[] = []
  if (overOpenCases(filters) && !filters.q) all.push(OPEN)
  if (filters.level) all.push(sql`level = ${filters.level}`)
  if (filters.state) all.push(sql`state = ${filters.state}`)
  if (filters.number) all.push(sql`${filters.number} = any (numbers)`)
  if (filters.team) all.push(sql`team_id = ${filters.team}`)
  if (filters.overdue) all.push(OVERDUE)
  if (filters.mine) all.push(sql`(assignee_id = ${me} or claimed_by_id = ${me})`)
  if (filters.unassigned) all.push(sql`assignee_id is null`)
  if (filters.residual) all.push(sql`residual_since is not null`)
  if (filters.territory)
    all.push(sql`territory_code = any (array(
      select t.code from territory t join (select code from territory where ${called(filters.territory)}) asked
        on asked.code in ('FR', t.code, t.region_code, t.zone_code)))`)
  if (filters.organisation) {
    const typed = searchable(filters.organisation)
    all.push(sql`organisation_id = any (array(select id from organisation
      where search like ${`%${typed.replaceAll(/[%_\\]/g, '')}%`} limit 200))`)
  }
  return all
}

function called(typed: string): SQL {
  return sql`(code = ${typed.toUpperCase()}
    or replace(replace(lower(public.unaccent(name)), '-', ' '), '''', ' ') = ${searchable(typed)})`
}

/** What remains after an incident is worked by age: the one that waits longest first. */
function byAge(filters: Filters): boolean {
  return filters.residual && overOpenCases(filters) && !filters.q
}

function placesAfter(after: Place, filters: Filters, open: boolean): SQL[] {
  if (byAge(filters)) return [olderThan(after)]
  return open ? laterInQueue(after) : [before(after)]
}

function olderThan({ at, id }: Place): SQL {
  return sql`(residual_since, id) > (${new Date(at).toISOString()}::timestamptz, ${id}::bigint)`
}

/** After a place of the queue: the same rank and level later, then lower levels, then the next ranks; each by the index. */
function laterInQueue({ rank, level, at, id }: Place): SQL[] {
  const when = new Date(at).toISOString()
  return [
    sql`queue_rank = ${rank} and level = ${level} and (received_at, id) > (${when}::timestamptz, ${id}::bigint)`,
    sql`queue_rank = ${rank} and level < ${level}`,
    sql`queue_rank > ${rank}`,
  ]
}

function before({ at, id }: Place): SQL {
  return sql`(received_at, id) < (${new Date(at).toISOString()}::timestamptz, ${id}::bigint)`
}
