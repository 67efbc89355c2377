import { beforeAll, describe, expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { sqlAs } from '#scripts/testing/sql-as.ts'

const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
const as = sqlAs(app)

describe('every table', () => {
  test('has row security on and forced, and a policy', async () => {
    const tables = await owner<{ name: string; on: boolean; forced: boolean; policies: number }[]>`
      select relname as name, relrowsecurity as on, relforcerowsecurity as forced,
        (select count(*)::int from pg_policy where polrelid = c.oid) as policies
      from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`
    expect(tables.length).toBeGreaterThan(30)
    const open = tables.filter((table) => !table.on || !table.forced || table.policies < 1)
    expect(open).toEqual([])
  })

  test('is out of reach of the application’s roles but through policies', async () => {
    const roles = await owner<{ name: string; rolsuper: boolean; rolbypassrls: boolean; owned: number }[]>`
      select rolname as name, rolsuper, rolbypassrls,
        (select count(*)::int from pg_class where relowner = r.oid) as owned
      from pg_roles r where rolname = 'permanence_app' or pg_has_role(oid, 'permanence_app', 'member') and not rolsuper`
    expect(roles.length).toBeGreaterThan(1)
    for (const role of roles) expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, owned: 0 })
  })

  test('has no policy that anybody else gets in by', async () => {
    const strangers = await owner`select polrelid::regclass::text as table, polname as policy
      from pg_policy where 0 = any (polroles)`
    expect(strangers).toEqual([])
  })
})

async function count(from: string, actor: AccountActor | null): Promise<number> {
  const [row] = await as(actor, (sql) =>
    sql.unsafe<{ n: number }[]>(`select count(*)::int as n from ${from}`),
  )
  return row?.n ?? 0
}

let caseId = 0
// Every row that tells something of the case of the département 59.
const ABOUT_THE_CASE: [string, (id: number) => string][] = [
  ['the case', (id) => `cases where id = ${id}`],
  ['the case by its words', () => `cases where search @@ to_tsquery('public.permanence', 'bondues')`],
  ['its tests', (id) => `case_test where case_id = ${id}`],
  ['its public lines', (id) => `journal where case_id = ${id} and visibility = 'public'`],
]
const OF_THE_CELL: [string, (id: number) => string][] = [
  ['its internal lines', (id) => `journal where case_id = ${id} and visibility = 'internal'`],
  ['who has it open', (id) => `case_presence where case_id = ${id}`],
]
const NOT_FOR_OTHERS: [string, string][] = [
  ['the other’s organisation', `organisation where territory_code = '59'`],
  ['the other’s posts', `post p where organisation_id in (${'ORG'})`],
  ['the other’s persons', `contact where organisation_id in (${'ORG'})`],
  ['the other’s sites', `site where organisation_id in (${'ORG'})`],
  ['messages of the cell’s inbox', 'inbox_message'],
  ['what became of messages', 'outbox'],
  ['what others chose not to be told', 'notification_choice'],
  ['sessions', `session where account_id <> app.account()`],
  ['accounts', `account where id <> app.account()`],
  ['hashes of passphrases', 'passphrase'],
  ['tokens of machines', 'api_token'],
  ['throttled keys', 'sign_in_throttle'],
  ['forms of sessions that ended', 'kept_form'],
  ['incidents', 'incident'],
  ['proposals', 'proposal'],
  ['the crisis clock', 'crisis'],
  ['who was called', 'call_out'],
  ['the roster', 'roster_shift'],
  ['how people of the cell are reached', 'contact_way'],
  ['handovers', 'handover'],
]

beforeAll(async () => {
  await owner`insert into post (organisation_id, name) values (${people.organisations.samu59}, 'CRRA 15')`
  await owner`insert into contact (organisation_id, name, search) values (${people.organisations.samu59}, 'Camille', 'camille')`
  await owner`insert into site (organisation_id, name, territory_code) values (${people.organisations.samu59}, 'Centre 15', '59')`
  const report = reportInput.parse({
    submissionId: '00000000-0000-4000-8000-000000000001',
    numbers: ['15'],
    symptom: 'NO_RING',
    territoryCode: '59',
    callbackPhone: '0639980015',
    details: 'Rien ne passe depuis Bondues',
    tests: [{ passed: 0, tried: 3 }],
    channel: 'portal',
  })
  const made = await reportCase(people.samu59, report, now)
  if (!made.ok) throw new Error(JSON.stringify(made))
  caseId = made.value.id
  await owner`insert into case_presence (case_id, account_id, seen_at) values (${caseId}, ${people.agent.accountId}, ${now})`
  await owner`insert into inbox_message (account_id, kind, data, dedupe_key, created_at, case_id)
    values (${people.lead.accountId}, 'case', '{}', 'x', ${now}, ${caseId})`
  await owner`insert into outbox (account_id, to_type, to_id, channel, kind, data, dedupe_key, pressing, state, created_at)
    values (${people.lead.accountId}, 'account', ${people.lead.accountId}, 'inbox', 'case', '{}', 'x', false, 'delivered', ${now})`
  await owner`insert into notification_choice values (${people.lead.accountId}, '{late}')`
  await owner`insert into passphrase (account_id, hash, updated_at) select id, 'x', ${now} from account`
  await owner`insert into session (id, account_id, created_at, last_seen_at, expires_at)
    select gen_random_uuid(), id, ${now}, ${now}, ${now} from account`
  await owner`insert into kept_form select id, '/my', 'answer', '{}', ${now} from session limit 1`
  await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
    values (${people.samu59.accountId}, 'h', 'n', '{read}', ${now}, ${now})`
  await owner`insert into sign_in_throttle values ('k', 1, ${now})`
  const [incident] = await owner`insert into incident (reference, state, level, opened_at, last_at)
    values ('INC', 'suspected', 3, ${now}, ${now}) returning id`
  const [proposal] =
    await owner`insert into proposal (key, rule, level, fired_at, group_start, made_at, case_ids, reason, incident_id)
    values ('k', 'R3b', 'crisis', ${now}, ${now}, ${now}, ${[caseId]}, '{}', ${incident?.id}) returning id`
  const [crisis] = await owner`insert into crisis (proposal_id, first_report_at, proposed_at)
    values (${proposal?.id}, ${now}, ${now}) returning id`
  const lead = people.lead.accountId
  await owner`insert into call_out (crisis_id, account_id, name, role, round, at) values (${crisis?.id}, ${lead}, 'x', 'lead', 1, ${now})`
  await owner`insert into roster_shift (account_id, role, from_at, to_at) values (${lead}, 'lead', ${now}, ${now})`
  await owner`insert into contact_way (account_id, kind, value) values (${lead}, 'mobile', '0639980001')`
  await owner`insert into handover (outgoing_id, outgoing_name, generated_at, content) values (${lead}, 'x', ${now}, '{}')`
})

describe('two préfectures', () => {
  test.each([...ABOUT_THE_CASE])('%s: seen by the one, absent for the other', async (_, from) => {
    expect(await count(from(caseId), people.samu59)).toBeGreaterThan(0)
    expect(await count(from(caseId), people.pref59)).toBeGreaterThan(0)
    expect(await count(from(caseId), people.agent)).toBeGreaterThan(0)
    expect(await count(from(caseId), people.pref37)).toBe(0)
    expect(await count(from(caseId), people.samu37)).toBe(0)
  })

  test.each(OF_THE_CELL)('%s: the cell’s alone', async (_, from) => {
    expect(await count(from(caseId), people.agent)).toBeGreaterThan(0)
    for (const actor of [people.samu59, people.pref59, people.pref37])
      expect(await count(from(caseId), actor)).toBe(0)
  })

  test.each(NOT_FOR_OTHERS)('%s: absent for a reporter of elsewhere', async (_, from) => {
    const own = from.replace('ORG', String(people.organisations.samu59))
    // There is something not to be seen.
    const [all] = await owner.unsafe(`select count(*)::int as n from ${own.replace('app.account()', '-1')}`)
    expect(all?.n).toBeGreaterThan(0)
    for (const actor of [people.pref37, people.samu37]) expect(await count(own, actor)).toBe(0)
  })
})

describe('nobody set', () => {
  test('sees nothing of anybody, in any table', async () => {
    const tables = await owner<
      { name: string }[]
    >`select tablename as name from pg_tables where schemaname = 'public'`
    const PUBLIC = new Set(['territory', 'commune', 'emergency_number', 'setting', 'worker_heartbeat'])
    const seen: string[] = []
    for (const { name } of tables) {
      if (PUBLIC.has(name)) continue
      const rows = await count(name, null).catch((error: Error) => {
        if (/permission denied/.test(error.message)) return 0
        throw error
      })
      if (rows > 0) seen.push(name)
    }
    expect(seen).toEqual([])
  })

  test('writes nothing', async () => {
    await expect(
      app`insert into cases (reference, submission_id, level, reporter_kind, channel, verification, numbers, symptom,
        territory_code, heard_at, received_at, team_id, queue_rank)
      values ('x', gen_random_uuid(), 1, 'samu', 'portal', 'signed_in', '{15}', 'NO_RING', '59', now(), now(),
        ${people.generalTeamId}, 1)`,
    ).rejects.toThrow(/row-level security/)
    expect(await app`update cases set level = 4 returning 1`).toEqual([])
  })
})
