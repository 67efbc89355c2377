import { expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { readNeighbourhood } from '#app/cases/neighbourhood.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { observeInput, reportInput, verifyInput } from '../input.ts'
import { MAY_KNOW_NEIGHBOURS } from '../rules/neighbourhood.ts'
import { observeCase } from './observe.ts'
import { reportCase } from './report.ts'
import { verifyCase } from './verify.ts'

const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')

async function reported(actor: AccountActor, territoryCode = '59', numbers = ['15']): Promise<string> {
  const submissionId = crypto.randomUUID()
  const input = reportInput.parse({ submissionId, numbers, symptom: 'NO_RING', territoryCode })
  const made = await reportCase(actor, input, now)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.reference
}
const said = (reference: string, more: object = { text: 'Le CODIS voit la même chose' }) =>
  observeInput.parse({ reference, ...more })
const lines = (reference: string) =>
  owner`select event, text, actor_id::int as by from journal where case_id = (select id from cases where reference = ${reference})
    and event = 'case.observed'`

test('an authority adds words and tests to a case of its territory, and nothing of the case changes', async () => {
  const reference = await reported(people.samu59)
  const [before] =
    await owner`select to_jsonb(c) - 'search' as row from cases c where reference = ${reference}`
  const tests = [{ passed: 1, tried: 4 }]
  expect(await observeCase(people.pref59, said(reference, { text: 'Vu d’ici', tests }), now)).toMatchObject({
    ok: true,
  })
  expect(await lines(reference)).toEqual([
    { event: 'case.observed', text: 'Vu d’ici', by: people.pref59.accountId },
  ])
  expect(await owner`select side, passed, tried from case_test`).toEqual([
    { side: 'authority', passed: 1, tried: 4 },
  ])
  const [after] =
    await owner`select to_jsonb(c) - 'search' as row from cases c where reference = ${reference}`
  expect(after).toEqual(before)
})

test.each([
  ['of another territory', people.pref37, 'absent'],
  ['that is a centre of another département', people.samu37, 'absent'],
  ['whose own case it is', people.samu59, 'authority_only'],
  ['of the cell', people.agent, 'authority_only'],
])('somebody %s adds no observation', async (_, who, why) => {
  const reference = await reported(people.samu59)
  expect(await observeCase(who, said(reference), now)).toMatchObject({
    reason: { key: `cases.refused.${why}` },
  })
  expect(await lines(reference)).toEqual([])
})

test('the policies let an authority write no other event, and never the case', async () => {
  const reference = await reported(people.samu59)
  const as = (statement: string) =>
    app.begin(async (sql) => {
      await sql`select set_config('app.role', 'reporter', true), set_config('app.account', ${String(people.pref59.accountId)}, true),
        set_config('app.organisation', ${String(people.pref59.organisationId)}, true), set_config('app.sees', '59', true)`
      return sql.unsafe(statement)
    })
  const line = (
    event: string,
    visibility: string,
  ) => `insert into journal (chain, seq, case_id, at, actor_id, actor_name, actor_side, event,
    visibility, data, prev_hash, hash) select 'case:' || id, 0, id, now(), ${people.pref59.accountId}, 'x', 'reporter', '${event}',
    '${visibility}', '{}', '', '' from cases where reference = '${reference}'`
  await expect(as(line('case.confirmed', 'public'))).rejects.toThrow(/row-level security/)
  await expect(as(line('case.observed', 'internal'))).rejects.toThrow(/row-level security/)
  await as(line('case.observed', 'public'))
  expect((await as(`update cases set level = 1 where reference = '${reference}'`)).count).toBe(0)
})

test('how many neighbours report the same number is told to the centres and authorities of the place alone', async () => {
  await owner`delete from case_test`
  await owner`update cases set state = 'restored', restored_at = ${now}`
  const [sdis] =
    await owner`insert into organisation (kind, name, territory_code, search) values ('sdis', 'SDIS 59 (essai)', '59', 'sdis 59') returning id::int`
  const [mairie] =
    await owner`insert into organisation (kind, name, territory_code, search) values ('mairie', 'Mairie (essai)', '59', 'mairie') returning id::int`
  const of = (organisationId: number): AccountActor => ({ ...people.samu59, organisationId })
  await reported(of(sdis?.id), '59', ['15', '18'])
  const ask = (who: AccountActor) => readNeighbourhood(who, '59', ['15', '17'])
  expect(await ask(people.samu59)).toMatchObject([
    { number: '15', centres: 1, places: 0 },
    { number: '17', centres: 0, since: null },
  ])
  // restored, said its operator; it fails still, says its reporter
  await owner`update cases set restored_at = ${now}, state = 'checking' where organisation_id = ${sdis?.id}`
  expect(await ask(people.samu59)).toMatchObject([{ centres: 1 }, { centres: 0 }])
  expect(await ask(people.pref59)).toMatchObject([{ centres: 1 }, { centres: 0 }])
  expect(await ask(of(sdis?.id))).toMatchObject([{ centres: 0 }, { centres: 0 }])
  for (const who of [of(mairie?.id), people.samu37, people.pref37]) expect(await ask(who)).toBeNull()
})

test.each([
  ['open', { state: 'checking' }, 1],
  ['restored', { state: 'restored' }, 0],
  ['confirmed', { state: 'confirmed' }, 0],
  ['closed', { state: 'closed' }, 0],
  ['unverified', { state: 'checking', verification: 'unverified' }, 0],
  ['the same as one under way', { state: 'duplicate', main: 'checking' }, 1],
  ['the same as one restored', { state: 'duplicate', main: 'restored' }, 0],
  ['the same as one confirmed', { state: 'duplicate', main: 'confirmed' }, 0],
  [
    'the same as one under way, but said to work',
    { state: 'duplicate', main: 'checking', confirmed_at: now },
    0,
  ],
])(
  'a neighbour’s case that is %s counts or not',
  async (_, { main, ...set }: Record<string, unknown>, centres) => {
    await owner`update cases set state = 'closed'`
    const [sdis] = await owner`select id::int from organisation where kind = 'sdis' and territory_code = '59'`
    const reference = await reported({ ...people.samu59, organisationId: sdis?.id }, '59', ['15'])
    // the main is of another region
    const of = main ? await reported(people.samu37, '37', ['15']) : null
    if (of) await owner`update cases set state = ${main as string} where reference = ${of}`
    await owner`update cases set ${owner(set)}, duplicate_of_id = (select id from cases where reference = ${of}) where reference = ${reference}`
    expect(await readNeighbourhood(people.samu59, '59', ['15'])).toMatchObject([{ centres }])
  },
)

test('the kinds of centre are the same in the database', async () => {
  const [row] = await owner<
    { body: string }[]
  >`select prosrc as body from pg_proc where proname = 'neighbourhood'`
  const [, kinds = ''] = /o\.kind in \(([^)]*)\)/.exec(row?.body ?? '') ?? []
  expect(kinds.split(', ').map((kind) => kind.replaceAll("'", ''))).toEqual([...MAY_KNOW_NEIGHBOURS])
})

test('the tests of an authority, of other lines, do not hide the loss that the reporter measured', async () => {
  const input = {
    ...{ submissionId: crypto.randomUUID(), numbers: ['15'], symptom: 'INTERMITTENT', territoryCode: '59' },
    ...{ channel: 'phone', organisationId: people.organisations.samu59, tests: [{ passed: 8, tried: 12 }] },
  }
  const made = await reportCase(people.agent, reportInput.parse(input), now)
  if (!made.ok) throw new Error(JSON.stringify(made))
  const { reference } = made.value
  await observeCase(people.pref59, said(reference, { tests: [{ passed: 200, tried: 200 }] }), now)
  expect(
    await verifyCase(people.agent, verifyInput.parse({ reference, text: 'rappelé' }), now),
  ).toMatchObject({ ok: true })
  expect(await owner`select level from cases where reference = ${reference}`).toEqual([{ level: 3 }])
})
