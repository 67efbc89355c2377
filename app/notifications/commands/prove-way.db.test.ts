import { beforeEach, describe, expect, it, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { addWay, removeWay, verifyWay } from '#app/cell/commands/ways.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { fakeChannel } from '../channels/fake.fixture.ts'
import { smsText } from '../channels/words.ts'
import { codeOf } from '../seal.ts'
import { proveWay, sendToWay } from './prove-way.ts'
import { sendDue } from './send.ts'
import { setChannel } from './set-channel.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')

const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-11-23T02:00:00Z')
const later = (minutes: number) => new Date(T0.getTime() + minutes * 60_000)
await owner`insert into setting (key, value) values ('channel.sms', ${owner.json({ http: { url: 'http://127.0.0.1:9/', body: '{text}' } })})`

let number = 0
let wayId = 0
beforeEach(async () => {
  number += 1
  const input = {
    accountId: people.agent.accountId,
    kind: 'mobile' as const,
    value: `063998${3000 + number}`,
  }
  const made = await addWay(people.agent, input, T0)
  wayId = made.ok ? made.value.wayId : 0
})
const verified = async () =>
  (await owner`select verified_at from contact_way where id = ${wayId}`)[0]?.verified_at
const sentCode = async () => {
  const [row] =
    await owner`select id::int from outbox where kind = 'way_code' and to_id = ${wayId} order by id desc limit 1`
  return codeOf(row?.id)
}
const prove = (code: string, at = later(1), who = people.agent) => proveWay(who, { wayId, code }, at)

describe('a way is proved by the code that was sent there', () => {
  it('read back by its owner', async () => {
    expect(await sendToWay(people.agent, { wayId, kind: 'way_code' }, T0)).toMatchObject({
      value: { channel: 'sms' },
    })
    const code = await sentCode()
    expect(await prove(`${code.slice(0, 3)} ${code.slice(3)}`)).toMatchObject({ ok: true })
    expect(await verified()).toEqual(later(1))
    const [line] =
      await owner`select data, actor_id::int as who from journal where event = 'roster.way_changed' order by id desc limit 1`
    expect(line).toMatchObject({ who: people.agent.accountId, data: { by: 'code', verified: true } })
  })

  it('and then no other code goes there any more', async () => {
    await sendToWay(people.agent, { wayId, kind: 'way_code' }, T0)
    await prove(await sentCode())
    const states =
      await owner`select distinct state, due_at from outbox where kind = 'way_code' and to_id = ${wayId}`
    expect(states).toEqual([{ state: 'cancelled', due_at: null }])
  })

  it('or read to a lead over the telephone', async () => {
    await sendToWay(people.lead, { wayId, kind: 'way_code' }, T0)
    expect(await prove(await sentCode(), later(1), people.lead)).toMatchObject({ ok: true })
  })

  it('stands in the message and nowhere in the database', async () => {
    await sendToWay(people.agent, { wayId, kind: 'way_code' }, T0)
    const far = fakeChannel('sms')
    let text = ''
    const channel = {
      ...far.channel,
      send: async (message: Parameters<typeof smsText>[0]) => {
        text = smsText(message, true)
        return { accepted: 'x' }
      },
    }
    await sendDue(machine('outbox'), T0, [channel])
    const code = await sentCode()
    expect(text).toContain(code)
    const rows =
      await owner`select row_to_json(o)::text as row from outbox o where kind = 'way_code' and to_id = ${wayId}`
    expect(rows.map((one) => one.row).join()).not.toContain(code)
  })

  it.each([
    ['another code', async () => prove('000000'), 'cell.invalid.code'],
    ['a code too old', async () => prove(await sentCode(), later(16)), 'cell.invalid.code'],
    ['of another’s way', async () => prove(await sentCode(), later(1), people.agent2), 'cell.refused.absent'],
  ])('%s proves nothing', async (_, prove_, key) => {
    await sendToWay(people.agent, { wayId, kind: 'way_code' }, T0)
    expect(await prove_()).toMatchObject({ ok: false, reason: { key } })
    expect(await verified()).toBeNull()
  })

  it('is not guessed: after five tries one waits', async () => {
    await sendToWay(people.agent, { wayId, kind: 'way_code' }, T0)
    for (let n = 0; n < 5; n += 1) await prove('000000')
    expect(await prove(await sentCode())).toMatchObject({ ok: false, reason: { key: 'forms.too_many' } })
    expect(await verified()).toBeNull()
  })

  it('nothing leads to it: said', async () => {
    const added = await addWay(
      people.agent,
      { accountId: people.agent.accountId, kind: 'pager', value: `${number}123` },
      T0,
    )
    const pager = added.ok ? added.value.wayId : 0
    expect(await sendToWay(people.agent, { wayId: pager, kind: 'way_code' }, T0)).toMatchObject({
      reason: { key: 'cell.refused.no_channel' },
    })
  })
})

describe('nobody proves his own by his word', () => {
  const asSql = (role: string, accountId: number, statement: string) =>
    app.begin(async (sql) => {
      await sql`select set_config('app.role', ${role}, true), set_config('app.account', ${String(accountId)}, true)`
      return sql.unsafe(statement)
    })

  it.each([
    ['an agent', 'agent', () => people.agent.accountId],
    ['a lead', 'lead', () => people.lead.accountId],
  ])('%s, in SQL, whatever he writes', async (_, role, who) => {
    const mine = Number(
      (
        await owner`insert into contact_way (account_id, kind, value) values (${who()}, 'mobile', ${`+3363998${4000 + number}`}) returning id`
      )[0]?.id,
    )
    for (const statement of [
      `update contact_way set verified_at = now() where id = ${mine}`,
      `insert into contact_way (account_id, kind, value, verified_at) values (${who()}, 'landline', '+331990${number}', now())`,
      `insert into contact_way (account_id, kind, value) values (${who()}, 'mobile', '+3363998${4000 + number}') on conflict (account_id, value) do update set verified_at = now()`,
    ])
      await expect(asSql(role, who(), statement)).rejects.toThrow(/proved by its code|row-level security/)
  })

  it('what was proved for one number is not for another', async () => {
    await owner`update contact_way set verified_at = ${T0} where id = ${wayId}`
    await asSql(
      'agent',
      people.agent.accountId,
      `update contact_way set value = '+33639989999' where id = ${wayId}`,
    )
    expect(await verified()).toBeNull()
    await owner`update contact_way set verified_at = ${T0} where id = ${wayId}`
    await removeWay(people.agent, { wayId }, T0)
    expect(await verified()).toBeNull()
  })

  it('a lead rings another’s, never his own', async () => {
    expect(await verifyWay(people.lead, { wayId }, T0)).toMatchObject({ ok: true })
    const own = await addWay(
      people.lead,
      { accountId: people.lead.accountId, kind: 'mobile', value: `063998${5000 + number}` },
      T0,
    )
    expect(await verifyWay(people.lead, { wayId: own.ok ? own.value.wayId : 0 }, T0)).toMatchObject({
      reason: { key: 'cell.refused.own_way' },
    })
  })
})

describe('the settings of a channel', () => {
  const settings = { url: 'https://voix.example/call', dialUrl: null }
  const key = () => owner`select value from setting where key = 'channel.voice'`

  it('are an administrator’s, written down without an address, and blank is none', async () => {
    expect(await setChannel(people.lead, 'voice', { settings, reason: 'x' }, T0)).toMatchObject({ ok: false })
    expect(await setChannel(people.admin, 'voice', { settings, reason: 'Ouverture' }, T0)).toMatchObject({
      value: { set: true },
    })
    expect(await key()).toEqual([{ value: settings }])
    const [line] =
      await owner`select data from journal where event = 'setting.changed' order by id desc limit 1`
    expect(line?.data).toEqual({ key: 'channel.voice', to: true, reason: 'Ouverture' })
    expect(await setChannel(people.admin, 'voice', { settings: null, reason: 'Fin' }, T0)).toMatchObject({
      value: { set: false },
    })
    expect(await key()).toEqual([])
  })
})
