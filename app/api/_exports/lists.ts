import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { conditions } from '#app/cases/_queue/query.ts'
import { authorOf, showsReporterOf } from '#app/cases/line-author.ts'
import { AS_DISCREPANCY, DISCREPANCY_SEVERITY } from '#db/reference/discrepancies.ts'
import type { casesExport, journalExport, messagesExport } from './input.ts'

/** After which row the next ones begin, by its place (an hour, or the case of a test) and its id; the newest first. */
export type After = { at: string; id: number } | null
/** So many rows a query: memory is flat, and no transaction waits for a slow reader. */
export const AT_ONCE = 1_000

type Cases = z.output<typeof casesExport>
type Messages = z.output<typeof messagesExport>
type Journal = z.output<typeof journalExport>

/** What a list can be taken away as: its columns, and its next rows. No name, number or address of a person whom we tell is in it. */
export const LISTS = {
  cases: {
    columns: {
      ...own('reference external_id state level numbers symptom symptom_words details territory_code'),
      territory: sql`(select name from territory where code = c.territory_code)`,
      organisation: sql`(select name from organisation where id = c.organisation_id)`,
      ...own('channel'),
      incident: sql`(select reference from incident where id = c.incident_id)`,
      ...own('since_at received_at acknowledged_at next_contact_at restored_at closed_at residual_since'),
      // As centres abroad say it: NENA i3's discrepancy reports.
      i3_report_type: said(
        sql`c.symptom`,
        mapped(AS_DISCREPANCY, (one) => one?.type),
      ),
      i3_problem: said(
        sql`c.symptom`,
        mapped(AS_DISCREPANCY, (one) => one?.problem),
      ),
      i3_severity: said(sql`c.level::text`, DISCREPANCY_SEVERITY),
    },
    from: (
      { filters }: Cases,
      after: After,
      { accountId: me }: AccountActor,
    ) => sql`(select *, received_at as place from cases
      where ${all(conditions(filters, after && { at: Date.parse(after.at), id: after.id }, me, AT_ONCE))} and ${after ? sql`(received_at, id) < (${after.at}::timestamptz, ${after.id}::bigint)` : sql`true`}
      order by received_at desc, id desc limit ${AT_ONCE}) c`,
  },
  tests: {
    columns: {
      reference: sql`(select reference from cases where id = c.case_id)`,
      ...own('side purpose number passed tried window_min technology operator at recorded_at'),
    },
    // By the cases, the newest first: by the tests, a page of which few are of those cases would read all that are left.
    from: (
      { filters }: Cases,
      after: After,
      { accountId: me }: AccountActor,
    ) => sql`(select t.*, k.id as place from (select id from cases
        where ${all(conditions(filters, null, me, MOST_FOUND))} and ${after ? sql`id <= ${after.at}::bigint` : sql`true`}) k
      cross join lateral (select * from case_test t where t.case_id = k.id and ${after ? sql`(t.case_id, t.id) < (${after.at}::bigint, ${after.id}::bigint)` : sql`true`}
        order by t.id desc limit ${AT_ONCE}) t
      order by k.id desc, t.id desc limit ${AT_ONCE}) c`,
  },
  messages: {
    columns: {
      ...own('kind channel to_type'),
      reference: sql`(select reference from cases where id = c.case_id)`,
      incident: sql`(select reference from incident where id = c.incident_id)`,
      ...own(
        'state attempts may_arrive_twice created_at sent_at delivered_at acknowledged_at acknowledged_by',
      ),
    },
    from: ({ reference, channel, state, from, until }: Messages, after: After) =>
      rows(sql`outbox`, after, [
        channel && sql`channel = ${channel}`,
        state && sql`state = ${state}`,
        ...about(reference),
        ...between(sql`created_at`, from, until),
      ]),
  },
  journal: {
    columns: {
      ...own('chain seq at heard_at fact_at event'),
      reference: sql`(select reference from cases where id = c.case_id)`,
      incident: sql`(select reference from incident where id = c.incident_id)`,
      ...own('visibility certainty'),
      actor: sql`c.author`,
      side: sql`c.actor_side`,
      ...own('text'),
      data: sql`c.told`,
      hash: sql`encode(c.hash, 'hex')`,
    },
    // As the page of a case shows it: no name of a reporter to who need not call him, nor of who confirmed by telephone.
    from: ({ reference, event, from, until }: Journal, after: After, actor: AccountActor) => {
      const his = casesOf(actor)
      const found = rows(sql`journal`, after, [
        his &&
          sql`id in (select j.id from journal j where j.case_id in (${his})
            union all select j.id from journal j where j.chain = 'account:' || app.account())`,
        event && sql`event = ${event}`,
        ...about(reference),
        ...between(sql`at`, from, until),
      ])
      const shown = showsReporterOf(actor, sql`k`)
      return sql`(select c.*,
          case when c.case_id is null then c.actor_name else ${authorOf(actor, sql`c`, sql`k`)} end as author,
          case when c.case_id is null or ${shown} then c.data else c.data - 'saidBy' end as told
        from ${found} left join cases k on k.id = c.case_id) c`
    },
  },
} as const
export type ListName = keyof typeof LISTS

/**
 * The cases of whoever sees but a part, said again beside the policies, so that an index can follow it: to find his few lines, all
 * that there are would be read. Null for who sees them all.
 */
function casesOf(actor: AccountActor): SQL | null {
  if (may(actor, 'cases.watch') || actor.territories.includes('FR')) return null
  return sql`select k.id from cases k where k.organisation_id = ${actor.organisationId}::bigint
    or k.territory_code = any (${`{${actor.territories.join(',')}}`}::text[])`
}

/** Columns by the names that they have in the table, a space between two. */
function own(names: string): Record<string, SQL> {
  return Object.fromEntries(names.split(' ').map((name) => [name, sql`c.${sql.identifier(name)}`]))
}

function mapped<T>(table: Record<string, T>, of: (one: T) => string | null | undefined) {
  return Object.fromEntries(Object.entries(table).map(([key, one]) => [key, of(one) ?? null]))
}

/** A code in other words, by a table of ours; null where it has none. */
function said(code: SQL, table: Record<string, string | null>): SQL {
  return sql`${JSON.stringify(table)}::jsonb ->> ${code}`
}

/** Words are looked for among so many cases; all of their tests are in it. */
const MOST_FOUND = 10_000

/** In the order in which they were written, by the index that every table has. */
function rows(table: SQL, after: After, given: (SQL | '' | null | undefined)[]): SQL {
  const before = after && sql`id < ${after.id}::bigint`
  const where = [...given, before].filter((one): one is SQL => !!one)
  return sql`(select *, null::timestamptz as place from ${table} where ${all(where)} order by id desc limit ${AT_ONCE}) c`
}

/** Of a case or an incident, by the number it is known by. */
function about(reference: string | undefined): SQL[] {
  if (!reference) return []
  return [
    sql`(case_id = (select k.id from cases k where k.reference = ${reference})
      or incident_id = (select k.id from incident k where k.reference = ${reference}))`,
  ]
}

function between(at: SQL, from: Date | undefined, until: Date | undefined): SQL[] {
  return [
    ...(from ? [sql`${at} >= ${from.toISOString()}::timestamptz`] : []),
    ...(until ? [sql`${at} < ${until.toISOString()}::timestamptz`] : []),
  ]
}

function all(given: SQL[]): SQL {
  return given.length > 0 ? sql.join(given, sql` and `) : sql`true`
}
