import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { conditions } from '#app/cases/_queue/query.ts'
import type { casesExport, journalExport, messagesExport } from './input.ts'

/** After which row the next ones begin; the newest first. */
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
      reference: sql`c.reference`,
      external_id: sql`c.external_id`,
      state: sql`c.state`,
      level: sql`c.level`,
      numbers: sql`c.numbers`,
      symptom: sql`c.symptom`,
      symptom_words: sql`c.symptom_words`,
      details: sql`c.details`,
      territory_code: sql`c.territory_code`,
      territory: sql`(select name from territory where code = c.territory_code)`,
      organisation: sql`(select name from organisation where id = c.organisation_id)`,
      channel: sql`c.channel`,
      incident: sql`(select reference from incident where id = c.incident_id)`,
      since_at: sql`c.since_at`,
      received_at: sql`c.received_at`,
      acknowledged_at: sql`c.acknowledged_at`,
      next_contact_at: sql`c.next_contact_at`,
      restored_at: sql`c.restored_at`,
      closed_at: sql`c.closed_at`,
      residual_since: sql`c.residual_since`,
    },
    from: ({ filters }: Cases, after: After, me: number) => sql`(select *, received_at as place from cases
      where ${all(conditions(filters, after && { at: Date.parse(after.at), id: after.id }, me, AT_ONCE))} and ${after ? sql`(received_at, id) < (${after.at}::timestamptz, ${after.id}::bigint)` : sql`true`}
      order by received_at desc, id desc limit ${AT_ONCE}) c`,
  },
  tests: {
    columns: {
      reference: sql`(select reference from cases where id = c.case_id)`,
      side: sql`c.side`,
      purpose: sql`c.purpose`,
      number: sql`c.number`,
      passed: sql`c.passed`,
      tried: sql`c.tried`,
      window_min: sql`c.window_min`,
      technology: sql`c.technology`,
      operator: sql`c.operator`,
      at: sql`c.at`,
      recorded_at: sql`c.recorded_at`,
    },
    from: ({ filters }: Cases, after: After, me: number) =>
      rows(sql`case_test`, after, [
        sql`case_id in (select id from cases where ${all(conditions(filters, null, me, MOST_FOUND))})`,
      ]),
  },
  messages: {
    columns: {
      kind: sql`c.kind`,
      channel: sql`c.channel`,
      to_type: sql`c.to_type`,
      reference: sql`(select reference from cases where id = c.case_id)`,
      incident: sql`(select reference from incident where id = c.incident_id)`,
      state: sql`c.state`,
      attempts: sql`c.attempts`,
      may_arrive_twice: sql`c.may_arrive_twice`,
      created_at: sql`c.created_at`,
      sent_at: sql`c.sent_at`,
      delivered_at: sql`c.delivered_at`,
      acknowledged_at: sql`c.acknowledged_at`,
      acknowledged_by: sql`c.acknowledged_by`,
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
      chain: sql`c.chain`,
      seq: sql`c.seq`,
      at: sql`c.at`,
      heard_at: sql`c.heard_at`,
      fact_at: sql`c.fact_at`,
      event: sql`c.event`,
      reference: sql`(select reference from cases where id = c.case_id)`,
      incident: sql`(select reference from incident where id = c.incident_id)`,
      visibility: sql`c.visibility`,
      certainty: sql`c.certainty`,
      actor: sql`c.actor_name`,
      side: sql`c.actor_side`,
      text: sql`c.text`,
      data: sql`c.data`,
      hash: sql`encode(c.hash, 'hex')`,
    },
    from: ({ reference, event, from, until }: Journal, after: After) =>
      rows(sql`journal`, after, [
        event && sql`event = ${event}`,
        ...about(reference),
        ...between(sql`at`, from, until),
      ]),
  },
} as const
export type ListName = keyof typeof LISTS

/** Words are looked for among so many cases; all of their tests are in it. */
const MOST_FOUND = 10_000

/** In the order in which they were written, by the index that every table has. */
function rows(table: SQL, after: After, given: (SQL | '' | undefined)[]): SQL {
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
