import { type SQL, sql } from 'drizzle-orm'
import { rolesWith } from '#app/_auth/rules/roles.ts'
import type { Role } from '#db/schema/account.ts'
import type { Tx } from '#db/transaction.ts'
import { type OnDuty, type Person, whoHears } from '../rules/presence.ts'
import type { Recipient } from '../rules/recipients.ts'

type Held = { id: number; reference: string; teamId: number; holder: Person | null }

/** What is known of the case that a line is about, and who is on duty: one round trip. */
export type CaseSeen = Held & {
  level: number
  territory: string
  organisation: string | null
  organisationId: number | null
  reporter: Person | null
  main: Held | null
  duty: OnDuty[]
}

/** `formerMain`: the case it was attached to until the line that is told. */
export async function seeCase(
  tx: Tx,
  caseId: number,
  formerMain: number | null,
  now: Date,
): Promise<CaseSeen | null> {
  const at = now.toISOString()
  // A claim that has lapsed holds nothing: then the case is his to whom it was given.
  const held = (
    c: SQL,
  ) => sql`'id', ${c}.id, 'reference', ${c}.reference, 'teamId', ${c}.team_id, 'holder', coalesce(
    ${person(sql`case when ${c}.claimed_until > ${at}::timestamptz then ${c}.claimed_by_id end`)}, ${person(sql`${c}.assignee_id`)})`
  // `case`, not `coalesce`: under row-level security the planner takes an index only for what cannot leak, and walked all cases.
  const main = sql`case when ${formerMain}::bigint is null then c.duplicate_of_id else ${formerMain}::bigint end`
  const [row] = await tx.execute<{
    seen: CaseSeen
  }>(sql`select jsonb_build_object(${held(sql`c`)}, 'level', c.level,
      'territory', c.territory_code, 'organisation', o.name, 'organisationId', c.organisation_id,
      'reporter', ${person(sql`c.reporter_account_id`, sql`a.organisation_id is not distinct from c.organisation_id`)},
      'main', (select jsonb_build_object(${held(sql`m`)}) from cases m where m.id = ${main}),
      'duty', ${onDuty(at)}) as seen
    from cases c left join organisation o on o.id = c.organisation_id where c.id = ${caseId}`)
  return row?.seen ?? null
}

/** Who is on duty, and the incident's reference: for what is no case's. */
export async function seeDesk(
  tx: Tx,
  incidentId: number | null,
  organisationId: number | null,
  now: Date,
): Promise<{ duty: OnDuty[]; incident: string | null; organisation: string | null }> {
  const [row] = await tx.execute<{
    duty: OnDuty[]
    incident: string | null
    organisation: string | null
  }>(sql`select
    ${onDuty(now.toISOString())} as duty, (select reference from incident where id = ${incidentId}::bigint) as incident,
    (select name from organisation where id = ${organisationId}::bigint) as organisation`)
  return row ?? { duty: [], incident: null, organisation: null }
}

export type ToFind = {
  duty: readonly OnDuty[]
  seen: CaseSeen | null
  /** Of the line: the persons it names. */
  named: number | null
  before: number | null
  noticeId: number | null
  organisationId: number | null
  instructionId: number | null
  statementId: number | null
  incidentId: number | null
}

/** Finds the persons behind a function, in one transaction; whole roles are read once in it. Accounts out of use are never among them. */
export function personsIn(tx: Tx): (to: Recipient, find: ToFind) => Promise<readonly Person[]> {
  const known = new Map<string, Promise<Person[]>>()
  const ofRoles: OfRoles = (roles) => {
    const list = `{${roles.join(',')}}`
    const found = known.get(list) ?? accounts(tx, sql`a.role = any (${list}::text[])`)
    known.set(list, found)
    return found
  }
  return (to, find) => personsFor(tx, ofRoles, to, find)
}

type OfRoles = (roles: Role[]) => Promise<readonly Person[]>

async function personsFor(tx: Tx, ofRoles: OfRoles, to: Recipient, find: ToFind): Promise<readonly Person[]> {
  const { duty, seen } = find
  switch (to) {
    case 'reporter':
      if (!seen) return []
      return seen.reporter
        ? [seen.reporter]
        : accounts(tx, sql`a.organisation_id = ${seen.organisationId}::bigint`)
    case 'holder':
      return heard(ofRoles, seen, duty)
    case 'main_holder':
      return seen?.main ? heard(ofRoles, seen.main, duty) : []
    case 'former_holder':
    case 'named_before':
      return accounts(tx, sql`a.id = ${find.before}::bigint`)
    case 'named':
      return accounts(tx, sql`a.id = ${find.named}::bigint`)
    case 'lead':
    case 'director':
      return present(ofRoles, duty, [to])
    case 'room':
      return present(ofRoles, duty, ['agent', 'lead'])
    case 'administrators':
      return ofRoles(rolesWith('accounts.keep'))
    case 'cell':
      return ofRoles(['agent', 'lead', 'director', 'admin'])
    case 'notice_recipients':
      return accounts(
        tx,
        sql`a.organisation_id in (select organisation_id from notice_recipient where notice_id = ${find.noticeId}::bigint)`,
      )
    case 'organisation':
      return accounts(tx, sql`a.organisation_id = ${find.organisationId}::bigint`)
    case 'authorities_there':
      return accounts(
        tx,
        sql`a.organisation_id in (select o.id from organisation o where o.active and o.kind in ('prefecture', 'prefecture_police', 'coz', 'cogic', 'ministry')
          and exists (select from territory t
            where (o.sees && array[t.code, t.region_code, t.zone_code, 'FR'])
              and case when ${find.statementId}::bigint is not null
                then exists (select from statement s where s.id = ${find.statementId}::bigint and s.audience = 'public' and s.territory_code = t.code)
                else exists (select from cases c where c.incident_id = ${find.incidentId}::bigint and c.territory_code = t.code) end))`,
      )
    case 'asked_about_it':
      return accounts(
        tx,
        sql`a.organisation_id in (select organisation_id from instruction_asked where instruction_id = ${find.instructionId}::bigint)`,
      )
  }
}

async function heard(
  ofRoles: OfRoles,
  held: Held | null,
  duty: readonly OnDuty[],
): Promise<readonly Person[]> {
  if (!held) return []
  return whoHears(held.holder, held.teamId, duty) ?? ofRoles(['agent', 'lead'])
}

/** Those of these roles who are on duty; nobody is: all of them, rather than nobody. */
async function present(ofRoles: OfRoles, duty: readonly OnDuty[], roles: Role[]): Promise<readonly Person[]> {
  const there = duty.filter((one) => roles.some((role) => role === one.role))
  return there.length > 0 ? there : ofRoles(roles)
}

async function accounts(tx: Tx, which: SQL): Promise<Person[]> {
  const found = await tx.execute<Person>(
    sql`select a.id::int as "accountId", coalesce(q.quiet, '{}') as quiet from account a
      left join notification_choice q on q.account_id = a.id where ${which} and a.active`,
  )
  return [...found]
}

function person(id: SQL, still: SQL = sql`true`): SQL {
  return sql`(select jsonb_build_object('accountId', a.id, 'quiet', coalesce(q.quiet, '{}')) from account a
    left join notification_choice q on q.account_id = a.id where a.id = ${id} and a.active and ${still})`
}

function onDuty(at: string): SQL {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('accountId', d.account_id, 'role', d.role,
      'quiet', coalesce(q.quiet, '{}'), 'teams', (select coalesce(jsonb_agg(team_id), '[]') from team_member m where m.account_id = d.account_id))), '[]')
    from app.on_duty(${at}::timestamptz) d left join notification_choice q on q.account_id = d.account_id)`
}
