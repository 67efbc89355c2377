import { expect, test } from 'vitest'
import { draftNotice, issueNotice } from '#app/crisis/commands/notices.ts'
import { mergeIncidents } from '#app/incidents/commands/merge.ts'
import { issueForm } from '#app/sitreps/input.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { logTold } from './commands/log-told.ts'
import { readTold } from './read.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-11-23T16:45:00Z')
const later = (minutes: number) => new Date(T0.getTime() + minutes * 60_000)
const INCIDENT = 'INC-2026-000055-1'
const [incident] = await owner`insert into incident (reference, state, level, opened_at, last_at)
  values (${INCIDENT}, 'confirmed', 3, ${T0}, ${T0}) returning id::int`

const standings = async (minutes: number) => {
  const [one] = await asActor(people.agent, (tx) => readTold(tx, later(minutes)))
  return Object.fromEntries((one?.owed ?? []).map(({ party, standing }) => [party, standing]))
}

test('each has its clock; a notice, a call or an instruction in force tells its own party and no other', async () => {
  expect(await standings(29)).toMatchObject({ prefecture: 'waiting', services: 'waiting', public: 'waiting' })
  expect(await standings(30)).toMatchObject({
    prefecture: 'late',
    services: 'late',
    national: 'late',
    public: 'waiting',
  })
  const draft = await draftNotice(people.agent, { kind: 'authority_notice', incident: INCIDENT }, later(10))
  if (!draft.ok) throw new Error(draft.reason.key)
  const input = {
    noticeId: draft.value.noticeId,
    nextAt: later(40),
    organisationIds: [people.organisations.pref59],
    body: { text: 'Le 15 ne passe pas.' },
  }
  expect(await standings(20), 'a draft tells nobody').toMatchObject({ prefecture: 'waiting' })
  await issueNotice(people.agent, issueForm.parse(input), later(20))
  expect(await standings(30)).toMatchObject({ prefecture: 'told', services: 'late' })
  const told = await logTold(
    people.agent,
    { incident: INCIDENT, organisationId: people.organisations.samu59, how: 'Appel, Dr Camille' },
    later(25),
  )
  expect(told.ok).toBe(true)
  expect(await standings(30)).toMatchObject({ services: 'told', zone: 'late' })
  await owner`insert into instruction (number, state, incident_id, failing, callers, territory_code, slots, all_clear, ends_at, drafted_at, drafted_by_name, in_force_at)
    values (1, 'in_force', ${incident?.id}, '15', 'any', '59', '{}', 'x', ${later(600)}, ${T0}, 'x', ${later(28)})`
  expect(await standings(61)).toMatchObject({ public: 'told' })
  const lines = await owner`select text from journal where event = 'incident.told'`
  expect(lines).toMatchObject([{ text: 'Appel, Dr Camille' }])
})

test('raised later, the clocks of the new level start then; restored, nobody is owed a first word', async () => {
  await owner`update incident set level = 4 where id = ${incident?.id}`
  await owner`insert into journal (chain, seq, prev_hash, hash, event, visibility, at, incident_id, actor_name, actor_side, data)
    values (${`incident:${incident?.id}`}, 99, '', '', 'incident.level_changed', 'internal', ${later(100)}, ${incident?.id}, 'x', 'cell', '{"from": 3, "to": 4}')`
  expect(await standings(129)).toMatchObject({ ministry: 'waiting', prefecture: 'told' })
  expect(await standings(130)).toMatchObject({ ministry: 'late', media: 'waiting' })
  await owner`update incident set state = 'restored' where id = ${incident?.id}`
  expect(await standings(130)).toEqual({})
})

test('merged, once and again, whoever was told of the first is told; one that is not merged tells nothing', async () => {
  const names = ['INC-2026-000056-2', 'INC-2026-000057-3', 'INC-2026-000058-4', 'INC-2026-000059-5'] as const
  for (const [at, name] of names.entries())
    await owner`insert into incident (reference, state, level, opened_at, last_at)
      values (${name}, 'confirmed', ${at === 3 ? 2 : 3}, ${later(200)}, ${later(200)})`
  const { pref59, samu59 } = people.organisations
  const [first, second, third, other] = names
  await logTold(people.agent, { incident: first, organisationId: pref59, how: 'Appel' }, later(205))
  await logTold(people.agent, { incident: other, organisationId: samu59, how: 'Appel' }, later(205))
  await owner`insert into statement (incident_id, audience, territory_code, text, next_at, state, drafted_at, drafted_by_name, approved_at)
    select id, 'public', '59', 'x', ${later(300)}, 'approved', ${later(206)}, 'x', ${later(206)} from incident where reference = ${first}`
  for (const [incident, into] of [
    [first, second],
    [second, third],
  ] as const)
    expect(
      await mergeIncidents(people.lead, { incident, into, reason: 'Une cause' }, later(210)).then(
        ({ ok }) => ok,
      ),
    ).toBe(true)
  expect(await standings(300)).toMatchObject({ prefecture: 'told', public: 'told', services: 'late' })
})

test('nobody is told of an incident or an organisation that is none', async () => {
  const given = { incident: INCIDENT, organisationId: 987_654, how: 'x' }
  expect(await logTold(people.agent, given, T0)).toMatchObject({
    fields: { organisationId: { key: 'told.invalid.organisation' } },
  })
  expect(await logTold(people.agent, { ...given, incident: 'INC-0' }, T0)).toMatchObject({ ok: false })
  expect(await logTold(people.samu59, given, T0)).toMatchObject({ ok: false })
})
