import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { machine } from '#app/_auth/actor.ts'
import { lightTogether, react } from '#app/_jobs/reactions.ts'
import { acknowledgeCase } from '#app/cases/commands/acknowledge.ts'
import { answerCase } from '#app/cases/commands/answer.ts'
import { assignCase } from '#app/cases/commands/assign.ts'
import { putOutOfScope } from '#app/cases/commands/out-of-scope.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { type ReportDraft, reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-11-23T22:00:00Z')
const minute = (n: number) => new Date(T0.getTime() + n * 60_000)
const everyone = Object.values(people).filter(
  (one): one is AccountActor => typeof one === 'object' && 'kind' in one,
)

/** From the report to the rows: what the worker does with the lines written since. */
async function follow(now: Date): Promise<void> {
  const lines = await owner<{ id: number }[]>`select id::int from journal where id > ${followed} order by id`
  followed = lines.at(-1)?.id ?? followed
  await react(
    machine('reactions'),
    lines.map((line) => line.id),
    now,
    async () => {},
  )
}
let followed = 0

async function report(draft: Partial<ReportDraft> = {}, who = people.samu59, now = T0): Promise<string> {
  const made = await reportCase(
    who,
    reportInput.parse({
      submissionId: randomUUID(),
      numbers: ['15'],
      symptom: 'NO_RING',
      territoryCode: '59',
      communeCodes: ['59350'],
      ...draft,
    }),
    now,
  )
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.reference
}

const onDuty = (who: AccountActor, role: string, rank = 1) =>
  owner`insert into roster_shift (account_id, role, rank, from_at, to_at)
    values (${who.accountId}, ${role}, ${rank}, ${minute(-60)}, ${minute(600)})`
/** Who was told since, by name: `kind → names`. */
async function told(): Promise<Record<string, string[]>> {
  const found = await owner<{ account_id: number; kind: string }[]>`
    delete from inbox_message returning account_id::int, kind`
  const names: Record<string, string[]> = {}
  for (const row of found) {
    const key = Object.entries(people).find(
      ([, one]) => one === everyone.find((two) => two.accountId === row.account_id),
    )
    names[row.kind] = [...(names[row.kind] ?? []), key?.[0] ?? '?'].sort()
  }
  return names
}

beforeEach(async () => {
  await owner`delete from roster_shift`
  await owner`delete from notification_choice`
  await owner`update account set active = true`
  await told()
})

describe('told means told to someone who is there', () => {
  it('a report goes to who is on duty, not to who sleeps; one line, not two', async () => {
    await onDuty(people.agent2, 'agent')
    await report()
    await follow(T0)
    expect(await told()).toEqual({ case_reported: ['agent2'] })
  })

  it('a report when nobody is on the roster goes to everybody who works the line', async () => {
    await report()
    await follow(T0)
    expect(await told()).toEqual({ case_reported: ['agent', 'agent2', 'lead'] })
  })

  it.each([
    ['held by one on duty: to him', true, false, ['agent']],
    ['held by one at home: to him and who is there', false, false, ['agent', 'agent2']],
    ['held by one deactivated: to who is there', false, true, ['agent2']],
  ])('a reporter’s word on a case %s', async (_, there, deactivated, expected) => {
    const reference = await report()
    await acknowledgeCase(people.agent, { reference, version: null, nextContactAt: null }, minute(1))
    await onDuty(people.agent2, 'agent')
    if (there) await onDuty(people.agent, 'agent')
    if (deactivated) await owner`update account set active = false where id = ${people.agent.accountId}`
    await follow(minute(1))
    await told()
    await answerCase(people.samu59, { reference, version: null, text: 'Deux victimes attendues' }, minute(2))
    await follow(minute(2))
    expect(await told()).toEqual({ case_answered: expected })
  })

  it('an N3 goes to the lead and the director on duty, and to nobody else', async () => {
    await onDuty(people.agent, 'agent')
    await onDuty(people.lead, 'lead')
    await report({ victimsKnown: true })
    await follow(T0)
    const { case_reported: who } = await told()
    expect(who).toEqual(['agent', 'director', 'lead'])
  })

  it('a claim that has lapsed holds nothing', async () => {
    const reference = await report()
    await assignCase(
      people.lead,
      { reference, version: null, teamId: null, assigneeId: people.agent2.accountId, reason: null },
      minute(1),
    )
    await owner`update cases set claimed_by_id = ${people.agent.accountId}, claimed_until = ${minute(1)} where reference = ${reference}`
    await follow(minute(1))
    await told()
    await answerCase(people.samu59, { reference, version: null, text: 'Toujours rien' }, minute(2))
    await follow(minute(2))
    expect(await told()).toEqual({ case_answered: ['agent2'] })
  })

  it('a reporter whose account is out of use is answered through those of the same organisation', async () => {
    const [row] = await owner`insert into account (email, name, role, organisation_id)
      values ('releve@demo.example', 'Relève Essai', 'reporter', ${people.organisations.samu59}) returning id::int`
    const reference = await report({ numbers: ['115'] })
    await owner`update account set active = false where id = ${people.samu59.accountId}`
    await follow(T0)
    await told()
    expect(
      await putOutOfScope(
        people.agent,
        { reference, version: null, reason: 'Appelez votre installateur' },
        minute(3),
      ),
    ).toMatchObject({ ok: true })
    await follow(minute(3))
    const found = await owner`select account_id::int as id, kind from inbox_message`
    expect(found).toMatchObject([{ id: row?.id, kind: 'case_out_of_scope' }])
    await owner`update account set active = false where id = ${row?.id}`
  })

  it('a reporter who has moved to another organisation is told nothing more: those of the organisation of the case are', async () => {
    const [row] = await owner`insert into account (email, name, role, organisation_id)
      values ('reste@demo.example', 'Reste Essai', 'reporter', ${people.organisations.samu59}) returning id::int`
    const reference = await report({ numbers: ['115'] })
    const move = (to: number) =>
      owner`update account set organisation_id = ${to} where id = ${people.samu59.accountId}`
    await move(people.organisations.samu37)
    await follow(T0)
    await told()
    expect(
      await acknowledgeCase(people.agent, { reference, version: null, nextContactAt: null }, minute(3)),
    ).toMatchObject({ ok: true })
    await follow(minute(3))
    const found = await owner`select account_id::int as id, kind from inbox_message`
    expect(found).toContainEqual({ id: row?.id, kind: 'case_acknowledged' })
    expect(found.map(({ id }) => id)).not.toContain(people.samu59.accountId)
    await told()
    await move(people.organisations.samu59)
    await owner`update account set active = false where id = ${row?.id}`
  })

  it('whoever chose not to hear of N2 is not told, but of N3 he is, and of what he holds', async () => {
    await onDuty(people.agent, 'agent')
    await onDuty(people.lead, 'lead')
    await owner`insert into notification_choice values (${people.lead.accountId}, '{late,new_case}'), (${people.agent.accountId}, '{new_case}')`
    await report({}, people.samu59)
    await follow(T0)
    expect(await told()).toEqual({ case_reported: ['agent'] })
    await report({ victimsKnown: true })
    await follow(T0)
    expect((await told()).case_reported).toContain('lead')
  })

  it('told again by a job that is tried again, it is told once', async () => {
    await onDuty(people.agent, 'agent')
    await report()
    const before = followed
    await follow(T0)
    followed = before
    await follow(T0)
    expect(await told()).toEqual({ case_reported: ['agent'] })
    const rows =
      await owner`select state from outbox where channel = 'inbox' group by dedupe_key, to_id, state having count(*) > 1`
    expect(rows).toHaveLength(0)
  })
})

describe('jobs that come while the worker works', () => {
  const fresh = async () => {
    const lines = await owner<
      { id: number }[]
    >`select id::int from journal where id > ${followed} order by id`
    followed = lines.at(-1)?.id ?? followed
    return lines.map(({ id }) => id)
  }
  /** A job a line, all at once. */
  const jobs = (ids: number[], light = lightTogether(machine('reactions'), () => T0)) =>
    Promise.allSettled(ids.map((id) => react(machine('reactions'), [id], T0, async () => {}, light)))

  it('are told in one transaction, each as if it were alone', async () => {
    await onDuty(people.agent, 'agent')
    for (let n = 0; n < 4; n += 1) await report({}, people.samu59, minute(n))
    const ids = await fresh()
    expect((await jobs(ids)).every(({ status }) => status === 'fulfilled')).toBe(true)
    const rows = await owner<{ written: string; n: number }[]>`
      select xmin::text as written, count(*)::int as n from inbox_message group by 1`
    expect(rows.map(({ n }) => n)).toEqual([4])
    expect((await told()).case_reported).toHaveLength(4)
  })

  it('fail alone: one that cannot be told takes no other with it', async () => {
    await onDuty(people.agent, 'agent')
    for (let n = 0; n < 3; n += 1) await report({}, people.samu59, minute(n))
    const ids = await fresh()
    await owner`create function no_more() returns trigger language plpgsql as
      $$ begin if new.dedupe_key = any (tg_argv) then raise 'no'; end if; return new; end $$`
    const [last] = await owner<
      { id: number }[]
    >`select max(id)::int as id from journal where event = 'case.reported'`
    await owner.unsafe(`create trigger no_more before insert on inbox_message for each row
      execute function no_more('line:${last?.id}')`)
    const ended = await jobs(ids)
    await owner`drop function no_more cascade`
    expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect((await told()).case_reported).toHaveLength(2)
  })
})

describe('more people than one statement or one hint bears', () => {
  const many = (role: string, organisation: number | null) =>
    owner`insert into account (name, email, role, organisation_id)
      select 'Lecteur ' || n, n || ${`@${role}.example`}, ${role}, ${organisation} from generate_series(1, 2000) n`

  it('are told all the same', async () => {
    const [{ id: organisation }] =
      (await owner`insert into organisation (kind, name, territory_code, sees, search)
      values ('prefecture', 'Préfecture (essai)', '59', '{59}', 'prefecture') returning id::int`) as unknown as [
        { id: number },
      ]
    await many('reporter', organisation)
    const reference = await report()
    await owner`update cases set organisation_id = ${organisation}, reporter_account_id = null where reference = ${reference}`
    await follow(T0)
    await told()
    await acknowledgeCase(people.agent, { reference, version: null, nextContactAt: null }, minute(1))
    await follow(minute(1))
    expect((await told()).case_acknowledged).toHaveLength(2000)
  })

  it('are told all the same what presses', async () => {
    await many('lead', null)
    await report({ victimsKnown: true })
    await follow(T0)
    expect((await told()).case_reported?.length).toBeGreaterThanOrEqual(2000)
    expect(await owner`select from outbox where pressing and channel = 'inbox'`).not.toHaveLength(0)
  })
})
