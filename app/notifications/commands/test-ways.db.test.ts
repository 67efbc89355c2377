import { expect, it, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { fakeChannel } from '../channels/fake.fixture.ts'
import { readMessageToAnswer } from '../queries.ts'
import { acknowledgeMessage } from './answer.ts'
import { sendDue } from './send.ts'
import { testWays } from './test-ways.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const clock = machine('clock')
const TUESDAY = new Date('2026-12-01T09:00:00Z')
const WEDNESDAY = new Date('2026-12-02T09:00:00Z')

it('goes once a month to every proved way, and those who keep the roster read who did not answer', async () => {
  for (const [who, value, proved] of [
    [people.director, '+33639980201', TUESDAY],
    [people.lead, '+33639980202', TUESDAY],
    [people.lead, '+33639980204', TUESDAY],
    [people.agent, '+33639980203', null],
  ] as const)
    await owner`insert into contact_way (account_id, kind, value, verified_at) values (${who.accountId}, 'mobile', ${value}, ${proved})`
  const sms = fakeChannel('sms')
  const run = (at: Date) => testWays(clock, at, [sms.channel])
  expect((await Promise.all([run(TUESDAY), run(TUESDAY)])).map((one) => one.sent).sort()).toEqual([0, 3])
  expect(await run(new Date(TUESDAY.getTime() + 3_600_000))).toEqual({ sent: 0, unanswered: null })
  const [answered] =
    await owner`select id::int from outbox where kind = 'way_test' and account_id = ${people.lead.accountId} order by id`
  const read = () => readMessageToAnswer(machine('link'), answered?.id)
  expect(await read()).toMatchObject({ answered: false, kind: 'way_test', name: people.lead.name })
  await acknowledgeMessage(machine('link'), answered?.id, 'link', TUESDAY)
  // Used up, the link shows neither the sentence nor the name.
  expect(await read()).toEqual({ answered: true, acknowledgedAt: TUESDAY, passedOn: false })
  // One way that answers says nothing of the other: it is tested all the same.
  await sendDue(clock, TUESDAY, [sms.channel])
  expect(sms.asked).toHaveLength(2)
  const names = [people.director.name, people.lead.name].sort()
  expect(await run(WEDNESDAY)).toEqual({ sent: 0, unanswered: names })
  await run(WEDNESDAY)
  const told =
    await owner`select data from inbox_message where kind = 'way_test_report' and account_id = ${people.lead.accountId}`
  expect(told).toEqual([{ data: { count: 2, names: names.join(', ') } }])
})
