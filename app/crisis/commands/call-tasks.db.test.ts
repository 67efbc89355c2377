import { expect, it } from 'vitest'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { callTasks } from '../queries.ts'
import { logCall } from './log-call.ts'
import { acknowledgeNotice } from './notice-answers.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const { pref59, pref37 } = people.organisations
const T0 = new Date('2026-11-23T10:00:00Z')
const minute = (n: number) => new Date(T0.getTime() + n * 60_000)
const tasks = (actor = people.agent) => asActor(actor, (tx) => callTasks(tx, actor))
const whoIs = (organisationId: number) => `organisation:${organisationId}`
const call = (organisationId: number, given = {}) =>
  logCall(
    people.agent,
    { who: whoIs(organisationId), result: 'Occupé', reached: false, by: null, ...given },
    minute(30),
  )

async function issued(number: number, to: number[], calledFor = true): Promise<number> {
  const [made] = await owner`insert into notice (kind, number, state, as_of, next_at, body, issued_at)
    values ('situation_report', ${number}, 'issued', ${T0}, ${minute(60)}, ${owner.json({ incident: 'INC-1', text: 'Le 15 ne passe plus' })}, ${minute(number)})
    returning id`
  for (const organisation of to)
    await owner`insert into notice_recipient (notice_id, organisation_id, told_at, call_due_at)
      values (${made?.id}, ${organisation}, ${minute(number)}, ${calledFor ? minute(number + 10) : null})`
  return Number(made?.id)
}

await owner`insert into contact (organisation_id, name, phone, call_back, search) values
  (${pref59}, 'Standard', '0199005900', false, ''), (${pref59}, 'Camille Essai, permanence', '0199005901', true, ''),
  (${pref59}, 'Hors service', '0199005902', true, '')`
await owner`update contact set active = false where name = 'Hors service'`

it('one call for each authority, whatever it has not acknowledged: whom to ask for, the number, what was sent', async () => {
  await issued(1, [pref59, pref37])
  await issued(2, [pref59])
  await issued(3, [pref59], false)
  expect(await tasks()).toMatchObject([
    {
      who: whoIs(pref37),
      notices: [{ number: 1 }],
      persons: [],
      last: null,
    },
    {
      who: whoIs(pref59),
      notices: [{ number: 2, incident: 'INC-1', text: 'Le 15 ne passe plus' }, { number: 1 }],
      persons: [
        { name: 'Camille Essai, permanence', phone: '0199005901' },
        { name: 'Standard', phone: '0199005900' },
      ],
    },
  ])
})

it('a call that did not reach them is written down and stays to be made; one that did ends all of it', async () => {
  expect(await call(pref59)).toMatchObject({ ok: true, value: { reached: false } })
  expect((await tasks()).find((one) => one.who === whoIs(pref59))?.last).toMatchObject({
    by: people.agent.name,
    result: 'Occupé',
  })
  expect(await call(pref59, { reached: true, by: 'Camille Essai' })).toMatchObject({ ok: true })
  expect((await tasks()).map((one) => one.who)).toEqual([whoIs(pref37)])
  // Also of what was sent, and no call was due for yet.
  const open =
    await owner`select 1 from notice_recipient where organisation_id = ${pref59} and acknowledged_at is null`
  expect(open).toHaveLength(0)
})

it('two who call at once, or an authority that answers meanwhile: the second is told', async () => {
  const [notice] =
    await owner`select notice_id::int as id from notice_recipient where organisation_id = ${pref37}`
  await acknowledgeNotice(people.pref37, { noticeId: notice?.id }, minute(29))
  expect(await call(pref37, { reached: true })).toMatchObject({
    ok: false,
    reason: { key: 'crisis.refused.called_already' },
  })
  expect(
    await logCall(people.samu59, { who: whoIs(pref37), result: 'x', reached: true, by: null }, T0),
  ).toMatchObject({
    ok: false,
  })
})
