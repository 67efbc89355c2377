import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { type As, SQL_REFUSES, sqlAs } from '#scripts/testing/sql-as.ts'

/** What somebody signed in could write if a door, a command or a query failed him: the database alone answers here. */
const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
const as = sqlAs(app)

let [own, other] = [0, 0]
const session = randomUUID()

beforeAll(async () => {
  const report = async (actor: AccountActor, territoryCode: string) => {
    const input = {
      submissionId: randomUUID(),
      channel: 'portal',
      numbers: ['15'],
      symptom: 'NO_RING',
      territoryCode,
    }
    const made = await reportCase(actor, reportInput.parse(input), now)
    return made.ok ? made.value.id : 0
  }
  own = await report(people.samu59, '59')
  other = await report(people.samu37, '37')
  await owner`insert into session (id, account_id, created_at, last_seen_at, expires_at)
    values (${session}, ${people.samu59.accountId}, ${now}, ${now}, ${new Date(now.getTime() + 3_600_000)})`
  await owner`insert into inbox_message (account_id, kind, data, dedupe_key, created_at)
    values (${people.samu59.accountId}, 'case_updated', '{}', 'essai', ${now})`
})

describe('an account', () => {
  test.each([
    ['its organisation', { organisation_id: 2 }],
    ['its role', { role: 'admin' }],
    ['its name', { name: 'Autre' }],
    ['its address', { email: 'autre@demo.example' }],
    ['that it is out of use', { active: true }],
  ])('does not change %s by itself', async (_, set) => {
    const changed = await as(people.samu59, (sql) => sql`update account set ${sql(set)} returning id`)
    expect(changed).toEqual([])
  })

  test('is changed by an administrator', async () => {
    const { accountId, name } = people.samu59
    expect(
      await as(
        people.admin,
        (sql) => sql`update account set name = ${name} where id = ${accountId} returning id`,
      ),
    ).toHaveLength(1)
    expect(
      await as(
        people.director,
        (sql) => sql`update account set name = ${name} where id = ${accountId} returning id`,
      ),
    ).toEqual([])
  })

  test('ends its sessions and does nothing else to them', async () => {
    const later = new Date(now.getTime() + 365 * 86_400_000)
    for (const set of [
      { expires_at: later },
      { last_seen_at: later },
      { account_id: people.samu37.accountId },
    ])
      await expect(
        as(people.samu59, (sql) => sql`update session set ${sql(set)} where id = ${session}`),
      ).rejects.toThrow(SQL_REFUSES)
    const revoke = (at: Date | null) =>
      as(
        people.samu59,
        (sql) => sql`update session set revoked_at = ${at} where id = ${session} returning id`,
      )
    expect(
      await as(
        people.samu37,
        (sql) => sql`update session set revoked_at = ${now} where id = ${session} returning id`,
      ),
    ).toEqual([])
    expect(await revoke(now)).toHaveLength(1)
    expect(await revoke(null)).toEqual([])
  })

  test('reads its messages and does not rewrite them', async () => {
    await expect(as(people.samu59, (sql) => sql`update inbox_message set kind = 'other'`)).rejects.toThrow(
      SQL_REFUSES,
    )
    expect(
      await as(people.samu59, (sql) => sql`update inbox_message set read_at = ${now} returning id`),
    ).toHaveLength(1)
  })

  test('sets its own passphrase, never another’s; a screen on the wall none', async () => {
    const set = (who: As, id: number) => as(who, (sql) => sql`select app.set_passphrase(${id}, 'x', ${now})`)
    await set(people.samu59, people.samu59.accountId)
    await expect(set(people.samu59, people.samu37.accountId)).rejects.toThrow(SQL_REFUSES)
    await expect(set(people.wall, people.wall.accountId)).rejects.toThrow(SQL_REFUSES)
    await expect(set(null, people.samu59.accountId)).rejects.toThrow(SQL_REFUSES)
  })
})

type Forged = Record<string, string | number | Date | null>

function line(given: Forged) {
  const plain = {
    seq: 0,
    at: now,
    event: 'case.noted',
    visibility: 'public',
    data: '{}',
    prev_hash: '',
    hash: '',
  }
  return { ...plain, actor_id: people.samu59.accountId, actor_name: 'x', actor_side: 'reporter', ...given }
}

const write = (who: As, given: Forged) =>
  as(
    who,
    (sql) =>
      sql`insert into journal ${sql(line(given))} returning actor_id::int as id, actor_name as name, actor_side as side`,
  )

describe('the journal', () => {
  const ofOwn = () => ({ chain: `case:${own}`, case_id: own })

  test.each([
    ['another’s name', { actor_name: 'Clara Essai' }],
    ['another’s account', { actor_id: 9 }],
    ['no account', { actor_id: null }],
    ['the side of the cell', { actor_side: 'cell' }],
    ['the side of the machine', { actor_side: 'machine', actor_name: 'clock' }],
  ])('is signed by whoever writes, not with %s', async (_, forged) => {
    expect(await write(people.samu59, { ...ofOwn(), ...forged })).toEqual([
      { id: people.samu59.accountId, name: people.samu59.name, side: 'reporter' },
    ])
  })

  test('is signed by the agent, the machine and the door as what they are', async () => {
    const forged = {
      ...ofOwn(),
      actor_id: people.lead.accountId,
      actor_name: people.lead.name,
      actor_side: 'reporter',
    }
    expect(await write(people.agent, forged)).toEqual([
      { id: people.agent.accountId, name: people.agent.name, side: 'cell' },
    ])
    expect(await write('machine', { ...forged, actor_name: 'clock' })).toEqual([
      { id: null, name: 'clock', side: 'machine' },
    ])
    expect(await write('door', { chain: 'account:0', actor_name: 'x' })).toEqual([
      { id: null, name: 'door', side: 'machine' },
    ])
  })

  test.each([
    ['the case of another', () => ({ chain: `case:${other}`, case_id: other })],
    ['the chain of another case, under its own', () => ({ chain: `case:${other}`, case_id: own })],
    ['the chain of the cell, under its own case', () => ({ chain: 'cell', case_id: own })],
    ['an incident, under its own case', () => ({ chain: `case:${own}`, case_id: own, incident_id: 1 })],
    ['the chain of another account', () => ({ chain: `account:${people.samu37.accountId}` })],
    ['its own chain about a case', () => ({ chain: `account:${people.samu59.accountId}`, case_id: other })],
    ['a chain of nobody', () => ({ chain: 'account:0' })],
  ])('takes from a reporter no line in %s', async (_, where) => {
    await expect(write(people.samu59, where())).rejects.toThrow(SQL_REFUSES)
  })

  test('takes nothing from a screen on the wall but its own coming and going, nothing from nobody', async () => {
    await expect(write(people.wall, ofOwn())).rejects.toThrow(SQL_REFUSES)
    await expect(write(people.wall, { chain: 'cell' })).rejects.toThrow(SQL_REFUSES)
    expect(await write(people.wall, { chain: `account:${people.wall.accountId}` })).toHaveLength(1)
    await expect(write(null, ofOwn())).rejects.toThrow(SQL_REFUSES)
  })

  test('is announced by a reporter only where it wrote', async () => {
    const announce = (who: As, chain: string) =>
      as(who, (sql) => sql`select app.announce(${chain}, 1, false)`)
    await announce(people.samu59, `case:${own}`)
    for (const chain of [`case:${other}`, 'cell', 'incident:1', 'case:', `case:${own} `, 'account:0'])
      await expect(announce(people.samu59, chain)).rejects.toThrow(SQL_REFUSES)
    const each = as(people.samu59, (sql) => sql`select app.announce_each(${[`case:${own}`]}, false)`)
    await expect(each).rejects.toThrow(SQL_REFUSES)
    await announce(people.agent, 'cell')
  })
})

describe('the hour of a line, once the service is in use', () => {
  const HOUR = 3_600_000
  const away = (ms: number) => new Date(Date.now() + ms)
  const distance = async (who: As, given: Forged) => {
    const [made] = await as(who, (sql) => sql`insert into journal ${sql(line(given))} returning at, fact_at`)
    return { off: Math.abs(made?.at.getTime() - Date.now()), factAt: made?.fact_at as Date | null }
  }
  beforeAll(() => owner`insert into setting (key, value) values ('journal_hours', '"held"')`)
  afterAll(() => owner`delete from setting where key = 'journal_hours'`)

  test.each<[string, () => As, () => Forged]>([
    ['a reporter', () => people.samu59, () => ({ chain: `case:${own}`, case_id: own })],
    ['an agent', () => people.agent, () => ({ chain: 'cell' })],
    ['the machine', () => 'machine', () => ({ chain: 'cell' })],
    ['the door', () => 'door', () => ({ chain: 'account:0' })],
  ])(
    'of %s is the database’s, when it says another; the hour of the fact stays as it was said',
    async (_, who, where) => {
      for (const at of [away(-2 * HOUR), away(2 * HOUR)]) {
        const made = await distance(who(), { ...where(), at, fact_at: at })
        expect(made.off).toBeLessThan(60_000)
        expect(made.factAt).toEqual(at)
      }
    },
  )

  test('is left as it is within ten minutes, and where the clock is a drill’s', async () => {
    const said = away(-9 * 60_000)
    expect((await distance(people.agent, { chain: 'cell', at: said })).off).toBeGreaterThan(8 * 60_000)
    const [drill] =
      await owner`insert into exercise (drill_id, title, state, started_at, file) values ('x', 'x', 'finished', ${now}, '{}') returning id`
    const [made] = await as('machine', async (sql) => {
      await sql`select set_config('app.exercise', ${String(drill?.id)}, true)`
      return sql`insert into journal ${sql(line({ chain: 'exercise:1', exercise_id: drill?.id, at: now }))} returning at`
    })
    expect(made?.at).toEqual(now)
  })
})

test('a word that is no role is nobody', async () => {
  for (const role of ['root', 'postgres', 'Agent', 'machine '])
    await expect(
      app.begin(async (sql) => {
        await sql`select set_config('app.role', ${role}, true)`
        await sql`select app.next_case_number('case', 2026)`
      }),
    ).rejects.toThrow(SQL_REFUSES)
})

test('a reporter’s tests are a reporter’s, and its own', async () => {
  const add = (who: AccountActor, caseId: number, side: string, accountId: number) =>
    as(
      who,
      (sql) => sql`insert into case_test (case_id, side, purpose, account_id, passed, tried, at, recorded_at)
      values (${caseId}, ${side}, 'check', ${accountId}, 3, 3, ${now}, ${now}) returning id`,
    )
  const { accountId } = people.samu59
  expect(await add(people.samu59, own, 'reporter', accountId)).toHaveLength(1)
  await expect(add(people.samu59, own, 'cell', accountId)).rejects.toThrow(SQL_REFUSES)
  await expect(add(people.samu59, own, 'reporter', people.agent.accountId)).rejects.toThrow(SQL_REFUSES)
  await expect(add(people.samu59, other, 'reporter', accountId)).rejects.toThrow(SQL_REFUSES)
})

test('a listener of tickets is its own account’s, and hears by no key of another', async () => {
  const [key] = await owner<{ id: number }[]>`
    insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
    values (${people.samu37.accountId}, 'of another', 'essai', '{read}', ${now}, '2030-01-01') returning id::int`
  const listen = (who: AccountActor, accountId: number) =>
    as(
      who,
      (
        sql,
      ) => sql`insert into ticket_listener (id, account_id, token_id, callback, query, created_at, next_at)
      values (${randomUUID()}, ${accountId}, ${key?.id ?? 0}, 'https://tools.example.org/', '', ${now}, ${now}) returning id`,
    )
  await expect(listen(people.samu59, people.samu37.accountId)).rejects.toThrow(SQL_REFUSES)
  const [made] = await listen(people.samu59, people.samu59.accountId)
  const heard = (role: string) =>
    app.begin(async (sql) => {
      await sql`select set_config('app.role', ${role}, true)`
      return sql`select app.listener_actor(${made?.id}, ${now}) as actor`
    })
  expect(await heard('machine')).toEqual([{ actor: null }])
  await expect(heard('reporter')).rejects.toThrow('only a machine')
  await expect(as(people.samu59, (sql) => sql`select from ticket_event`)).resolves.toEqual([])
  await expect(
    as(people.samu59, (sql) => sql`update ticket_listener set callback = 'https://elsewhere.example/'`),
  ).rejects.toThrow(SQL_REFUSES)
})
