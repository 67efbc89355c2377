import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { acknowledgeCase } from '#app/cases/commands/acknowledge.ts'
import { claimCase } from '#app/cases/commands/claim.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { readAccount } from '../queries.ts'
import { changeAccount, setAccountActive } from './accounts.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const { admin, agent, agent2 } = people
const T0 = new Date('2026-11-23T10:00:00Z')
const hour = (n: number) => new Date(T0.getTime() + n * 3_600_000)

async function inHand(): Promise<string> {
  const input = reportInput.parse({
    submissionId: randomUUID(),
    numbers: ['15'],
    symptom: 'NO_RING',
    territoryCode: '59',
  })
  const made = await reportCase(people.samu59, input, T0)
  if (!made.ok) throw new Error(JSON.stringify(made))
  const { reference } = made.value
  await acknowledgeCase(agent, { reference, version: null, nextContactAt: null }, T0)
  await claimCase(agent, { reference, version: null, takeOver: false }, T0)
  return reference
}
const held = (reference: string) =>
  owner`select assignee_id::int as assignee, claimed_by_id::int as holder, next_contact_at is not null as promised
    from cases where reference = ${reference}`
const shifts = () =>
  owner`select account_id::int as who, from_at, to_at from roster_shift where cancelled_at is null order by from_at, id`

beforeEach(async () => {
  await owner`delete from roster_shift`
  await owner`update account set active = true, role = 'agent' where id = ${agent.accountId}`
  await owner`insert into roster_shift (account_id, role, from_at, to_at) values (${agent.accountId}, 'agent', ${hour(-1)}, ${hour(5)}),
    (${agent.accountId}, 'agent', ${hour(24)}, ${hour(30)})`
})

it('who goes shows what he has in hand, and hands it over', async () => {
  const reference = await inHand()
  for (const value of ['0639980091', '0199000091'])
    await owner`insert into contact_way (account_id, kind, value, verified_at) values (${agent2.accountId}, 'mobile', ${value}, ${T0})`
  expect(await readAccount(admin, agent.accountId, T0)).toMatchObject({
    held: { open: [{ reference }], shifts: [{}, {}] },
  })
  expect(
    await setAccountActive(admin, { id: agent.accountId, active: false, handTo: agent2.accountId }, hour(1)),
  ).toMatchObject({ ok: true, value: { cases: 1, shifts: 2, holes: 0 } })
  expect(await held(reference)).toEqual([{ assignee: agent2.accountId, holder: null, promised: true }])
  expect(await shifts()).toEqual([
    { who: agent.accountId, from_at: hour(-1), to_at: hour(1) },
    { who: agent2.accountId, from_at: hour(1), to_at: hour(5) },
    { who: agent2.accountId, from_at: hour(24), to_at: hour(30) },
  ])
  const [line] = await owner`select data from journal where event = 'case.assigned' order by id desc limit 1`
  expect(line?.data).toMatchObject({ from: agent.accountId, handedOver: true })
  await owner`delete from contact_way`
})

it('to nobody: the cases go back to their team, the shifts stay as holes', async () => {
  const reference = await inHand()
  expect(
    await setAccountActive(admin, { id: agent.accountId, active: false, handTo: null }, hour(1)),
  ).toMatchObject({ ok: true, value: { shifts: 0, holes: 2 } })
  expect(await held(reference)).toEqual([{ assignee: null, holder: null, promised: true }])
  expect(await shifts()).toHaveLength(2)
})

it('to one who cannot be called: he takes the cases, not the shifts', async () => {
  const reference = await inHand()
  expect(
    await setAccountActive(admin, { id: agent.accountId, active: false, handTo: agent2.accountId }, hour(1)),
  ).toMatchObject({ value: { shifts: 0, holes: 2 } })
  expect(await held(reference)).toMatchObject([{ assignee: agent2.accountId }])
})

it('to a reporter, to one out of use, to himself: refused, and nothing has changed', async () => {
  for (const handTo of [people.samu59.accountId, agent.accountId, 999_999])
    expect(
      await setAccountActive(admin, { id: agent.accountId, active: false, handTo }, hour(1)),
    ).toMatchObject({
      ok: false,
      fields: { handTo: {} },
    })
  expect(await owner`select active from account where id = ${agent.accountId}`).toEqual([{ active: true }])
})

it('who leaves the cell leaves what he held to his team', async () => {
  const reference = await inHand()
  const row = await readAccount(admin, agent.accountId, T0)
  expect(
    await changeAccount(
      admin,
      {
        id: agent.accountId,
        seen: row?.version,
        name: agent.name,
        role: 'reporter',
        organisationId: people.organisations.samu59,
        postId: null,
      },
      hour(1),
    ),
  ).toMatchObject({ ok: true })
  expect(await held(reference)).toEqual([{ assignee: null, holder: null, promised: true }])
})
