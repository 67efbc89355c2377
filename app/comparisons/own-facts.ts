import { type SQL, sql } from 'drizzle-orm'
import { KINDS } from '#app/told/rules/told.ts'
import type { Tx } from '#db/transaction.ts'
import type { Account, Mean } from './rules/account.ts'

/** Hours of ours, in milliseconds; null for what did not happen, or not yet. */
export type OwnFacts = {
  began: number | null
  firstReport: number | null
  understood: number | null
  cell: number | null
  authorities: number | null
  public: number | null
  workaround: number | null
  restored: number | null
  lastResidual: number | null
}

const AUTHORITIES = [KINDS.prefecture, KINDS.zone, KINDS.national, KINDS.health, KINDS.ministry].flat()

/** Of one incident, or of all that the reader's world holds: an exercise has none but its own. */
const whose = (incidentId: number | null, column = 'incident_id'): SQL =>
  incidentId === null ? sql`true` : sql`${sql.raw(column)} = ${incidentId}`

/** What the journal and the tables of the cell know of an incident, by whatever each was told or done first. */
export async function readOwnFacts(tx: Tx, incidentId: number | null): Promise<OwnFacts> {
  const kinds = `{${AUTHORITIES.join(',')}}`
  const of = whose(incidentId)
  const [facts] = await tx.execute<OwnFacts>(sql`
    with mine as (select * from cases where outcome = 'case' and ${of}), said as (
      select least(
          (select min(opened_at) from incident where ${whose(incidentId, 'id')}),
          (select min(coalesce(since_at, received_at)) from mine)) as began,
        (select min(received_at) from mine) as "firstReport",
        (select min(acknowledged_at) from mine) as understood,
        (select min(activated_at) from crisis where ${of}) as cell,
        (select min(s.at) from (
            select r.organisation_id, r.told_at as at from notice n join notice_recipient r on r.notice_id = n.id where ${of}
            union all select organisation_id, at from incident_told where ${of}) s
          join organisation o on o.id = s.organisation_id where o.kind = any(${kinds}::text[])) as authorities,
        least(
          (select min(in_force_at) from instruction where ${of}),
          (select min(approved_at) from statement where ${of} and audience = 'public' and state = 'approved')) as public,
        least(
          (select min(at) from journal where event = 'case.workaround' and case_id in (select id from mine)),
          (select min(opened_at) from fallback where ${of})) as workaround,
        (select case when bool_and(restored_at is not null) then max(restored_at) end from incident where ${whose(incidentId, 'id')}) as restored,
        (select case when bool_and(confirmed_at is not null) then max(confirmed_at) end from mine) as "lastResidual")
    select ${sql.join(
      FACTS.map(
        (name) =>
          sql`(extract(epoch from ${sql.identifier(name)}) * 1000)::float8 as ${sql.identifier(name)}`,
      ),
      sql`, `,
    )} from said`)
  if (!facts) throw new Error('facts of an incident are one row')
  return facts
}

const FACTS = [
  'began',
  'firstReport',
  'understood',
  'cell',
  'authorities',
  'public',
  'workaround',
  'restored',
  'lastResidual',
] as const satisfies (keyof OwnFacts)[]

type Had = { pairs: number; proved: number; sent: boolean; opened: boolean; failed: boolean }

/**
 * What this cell had in an incident of its own: test calls agreed for the numbers and places that failed, a mass message that left,
 * a fallback that was opened, and whether it failed. The line is this portal; the law is the alert threshold of 2023.
 */
export async function readOwnMeans(tx: Tx, incidentId: number): Promise<NonNullable<Account['means']>> {
  const [had] = await tx.execute<Had>(sql`
    with mine as (select * from cases where outcome = 'case' and incident_id = ${incidentId}),
      pairs as (select distinct territory_code, number, received_at from mine, unnest(numbers) as number)
    select (select count(*)::int from pairs) as pairs,
      (select count(*)::int from pairs p where exists (select from test_agreement a where a.number = p.number
        and a.territory_code = p.territory_code and a.created_at <= p.received_at
        and (a.ended_at is null or a.ended_at > p.received_at))) as proved,
      exists (select from broadcast b join instruction i on i.id = b.instruction_id
        where i.incident_id = ${incidentId} and b.confirmed_at is not null) as sent,
      exists (select from fallback where incident_id = ${incidentId} and opened_at is not null)
        or exists (select from mine where fallback in ('active', 'failing')) as opened,
      exists (select from mine where fallback = 'failing')
        or exists (select from fallback f join fallback_test t on t.fallback_id = f.id
          where f.incident_id = ${incidentId} and t.at >= f.opened_at and t.passed < t.tried) as failed`)
  if (!had) throw new Error('means of an incident are one row')
  const supervised = had.proved === 0 ? 'no' : had.proved === had.pairs ? 'yes' : 'partly'
  const said = {
    line: 'yes',
    supervision: supervised,
    mass_message: had.sent ? 'yes' : 'no',
    fallback: !had.opened ? 'no' : had.failed ? 'partly' : 'yes',
    law: 'yes',
  } as const satisfies Record<Mean, string>
  return {
    line: { had: said.line, said: { fr: 'ce portail et sa ligne', en: 'this portal and its line' } },
    supervision: {
      had: said.supervision,
      said: {
        fr: `appels d’essai convenus pour ${had.proved} des ${had.pairs} numéros et lieux touchés`,
        en: `test calls agreed for ${had.proved} of ${had.pairs} numbers and places that failed`,
      },
    },
    mass_message: { had: said.mass_message, said: null },
    fallback: { had: said.fallback, said: null },
    law: {
      had: said.law,
      said: { fr: 'décret 2023-827, seuils d’alerte', en: 'décret 2023-827, alert thresholds' },
    },
  }
}
