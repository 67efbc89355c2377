import { createServer } from 'node:http'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { hearCall } from '#app/calls/commands/hear.ts'
import { nameTelephone } from '#app/calls/commands/telephone.ts'
import { ctiInput } from '#app/calls/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { dial, dialInput, mayDial } from './dial.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
vi.stubEnv('VOICE_GATEWAY_SECRET', 'shared with the switchboard')

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-11-26T02:00:00Z')
const at = (s: number) => new Date(T0.getTime() + s * 1_000)
const NUMBER = '+33199005900'

const heard: { body: { from: string; to: string }; signature: unknown }[] = []
let status = 202
const switchboard = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    heard.push({ body: JSON.parse(body), signature: request.headers['x-permanence-signature'] })
    response.writeHead(status).end('{}')
  })
})
await new Promise<void>((ready) => switchboard.listen(0, '127.0.0.1', ready))
afterAll(() => new Promise((closed) => switchboard.close(closed)))
const { port } = switchboard.address() as { port: number }

const set = (dialUrl: string | null) =>
  owner`insert into setting (key, value) values ('channel.voice', ${owner.json({ url: 'http://127.0.0.1:9/', dialUrl })})
    on conflict (key) do update set value = excluded.value`
await owner`insert into contact (organisation_id, name, phone, search) values (${people.organisations.samu59}, 'CRRA', ${NUMBER}, 'x')`
await nameTelephone(people.agent, { name: '201' }, T0)
const reference = await says(people.samu59, '59', T0)
const [token] = await owner`insert into api_token (account_id, name, hash, scopes, created_at, expires_at)
  values (${people.admin.accountId}, 'Standard', 'x', '{telephony}', ${T0}, ${at(1e6)}) returning id::int`

const dials = (more: object = {}, who = people.agent, when = T0) =>
  dial(who, dialInput.parse({ phone: NUMBER, ...more }), when)
const lines = async () =>
  (
    await owner`select event, chain, data from journal where event in ('call.dialled', 'call.not_dialled', 'call.linked') order by id`
  ).map(({ event, chain, data }) => ({ event, chain, data }))
let minutes = 0
beforeEach(async () => {
  await set(`http://127.0.0.1:${port}/dial`)
  heard.splice(0)
  status = 202
  minutes += 10
})

test('the switchboard is asked to ring his telephone, and then the number; what it is told is signed', async () => {
  expect(await dials({ reference }, people.agent, at(minutes * 60))).toMatchObject({
    ok: true,
    value: { telephone: '201' },
  })
  expect(heard).toMatchObject([
    { body: { from: '201', to: NUMBER }, signature: expect.stringMatching(/^sha256=[0-9a-f]{64}$/) },
  ])
  const [line] = await lines()
  const [found] = await owner`select id::int from cases where reference = ${reference}`
  expect(line).toMatchObject({ event: 'call.dialled', chain: `case:${found?.id}` })
  expect(JSON.stringify(line)).not.toContain('199005900')
})

test('what came of it stands on the case from which it was dialled, with how long one spoke', async () => {
  const start = minutes * 60
  await dials({ reference }, people.agent, at(start))
  const said = (event: string, s: number) =>
    hearCall(
      machine('telephony'),
      token?.id,
      ctiInput.parse({ event, callId: 'out-1', direction: 'out', from: '201', to: NUMBER, user: '201' }),
      at(start + s),
    )
  await said('newCall', 5)
  await said('answer', 12)
  await said('hangup', 102)
  const [linked] = (await lines()).filter(({ event }) => event === 'call.linked')
  expect(linked?.data).toMatchObject({ direction: 'out', waited: 7, talked: 90 })
  // Another call to the same number, long after, was dialled by hand.
  await hearCall(
    machine('telephony'),
    token?.id,
    ctiInput.parse({
      event: 'hangup',
      callId: 'out-2',
      direction: 'out',
      from: '201',
      to: NUMBER,
      duration: 3,
    }),
    at(start + 3_000),
  )
  expect((await lines()).filter(({ event }) => event === 'call.linked')).toHaveLength(1)
})

describe('is refused in words, and nothing is rung', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ['to who is not of the cell', () => dials({}, people.samu59), 'absent'],
    ['in an exercise', () => dials({}, { ...people.agent, exerciseId: 7 }), 'exercise'],
    ['to whose telephone nobody knows', () => dials({}, people.lead), 'no_telephone'],
    ['to a number that nothing here holds', () => dials({ phone: '+33639980077' }), 'number'],
    ['to an emergency number', () => dials({ phone: '112' }), 'number'],
    [
      'where no switchboard dials',
      async () => {
        await set(null)
        return dials()
      },
      'no_dialling',
    ],
  ])('%s', async (_, asked, why) => {
    expect(await asked()).toMatchObject({ ok: false, reason: { key: `calls.refused.${why}` } })
    expect(heard).toEqual([])
  })

  test('when the switchboard refuses, and the journal says that it did', async () => {
    status = 500
    expect(await dials({}, people.agent, at(minutes * 60))).toMatchObject({
      reason: { key: 'calls.refused.dial_failed' },
    })
    expect((await lines()).at(-1)).toMatchObject({ event: 'call.not_dialled', chain: 'calls' })
  })

  test('to a page gone wild', async () => {
    const answers = []
    for (let n = 0; n < 8; n += 1) answers.push(await dials({}, people.agent, at(minutes * 60 + 1)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(6)
    expect(heard).toHaveLength(6)
  })
})

test('the button is there for whom it works', async () => {
  expect([await mayDial(people.agent), await mayDial(people.lead), await mayDial(people.samu59)]).toEqual([
    true,
    false,
    false,
  ])
  await set(null)
  expect(await mayDial(people.agent)).toBe(false)
})
