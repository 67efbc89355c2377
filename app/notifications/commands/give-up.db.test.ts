import { beforeEach, describe, expect, it } from 'vitest'
import { readStrip } from '#app/crisis/_strip/query.ts'
import { logCall } from '#app/crisis/commands/log-call.ts'
import { callTasks } from '#app/crisis/queries.ts'
import { markRead } from '#app/inbox/commands/mark-read.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'
import { type Behaviour, fakeChannel } from '../channels/fake.fixture.ts'
import { inbox } from '../channels/inbox.ts'
import { RETRY_AFTER_S } from '../rules/delivery.ts'
import { queued } from './enqueue.ts'
import {
  accountId,
  clock,
  landline,
  later,
  mobile,
  owner,
  people,
  rows,
  T0,
  tell,
  telling,
  ways,
} from './outbox.fixture.ts'
import { recordReceipts } from './receipt.ts'
import { sendDue } from './send.ts'

beforeEach(() => owner`update outbox set due_at = null, state = 'cancelled' where due_at is not null`)

describe('a way that brings nothing', () => {
  it('is tried again with growing patience, then the next way takes over', async () => {
    const sms = fakeChannel('sms')
    sms.script.push(...RETRY_AFTER_S.map((): Behaviour => 'not_now'), 'not_now')
    await tell([inbox, sms.channel], telling('busy'))
    let at = 0
    for (const wait of [0, ...RETRY_AFTER_S] as number[]) {
      if (wait > 0) expect(await sendDue(clock, later(at + wait - 1), [sms.channel])).toBe(0)
      at += wait
      expect(await sendDue(clock, later(at), [sms.channel])).toBe(1)
    }
    await sendDue(clock, later(at), [sms.channel])
    expect(await rows('busy')).toMatchObject([
      { channel: 'inbox' },
      { to: mobile, state: 'failed', error: 'busy', attempts: RETRY_AFTER_S.length + 1 },
      { to: landline, state: 'sent', attempts: 1 },
    ])
  })

  it('refused for good goes to the next channel at once, and stops at the last', async () => {
    const [sms, voice] = [fakeChannel('sms'), fakeChannel('voice')]
    sms.script.push('never', 'never')
    voice.script.push('never', 'never')
    await tell([sms.channel, voice.channel], telling('refused'))
    await sendDue(clock, T0, [sms.channel, voice.channel])
    await sendDue(clock, T0, [sms.channel, voice.channel])
    await sendDue(clock, T0, [sms.channel, voice.channel])
    await sendDue(clock, T0, [sms.channel, voice.channel])
    const found = await rows('refused')
    expect(found.map((row) => `${row.channel} ${row.to}`).sort()).toEqual(
      ['sms', 'voice'].flatMap((channel) => [`${channel} ${mobile}`, `${channel} ${landline}`]).sort(),
    )
    expect(new Set(found.map((row) => row.state))).toEqual(new Set(['failed']))
  })

  it('lost without a receipt goes by the next way; a receipt too late still counts, one said twice changes nothing', async () => {
    const sms = fakeChannel('sms', { receiptWithinS: 90 })
    sms.script.push('loses')
    await tell([sms.channel], telling('lost'))
    await sendDue(clock, T0, [sms.channel])
    await sendDue(clock, later(89), [sms.channel])
    expect(await rows('lost')).toMatchObject([{ state: 'sent' }])
    await sendDue(clock, later(90), [sms.channel])
    expect(await rows('lost')).toMatchObject([
      { to: mobile, state: 'failed', error: 'no receipt' },
      { to: landline, state: 'sent' },
    ])
    const external = `sms-${sms.asked[0]?.key}`
    const says = (what: 'delivered' | 'failed') =>
      recordReceipts(clock, [{ channel: 'sms', externalId: external, says: what }], later(100), [sms.channel])
    expect([await says('delivered'), await says('delivered'), await says('failed')]).toEqual([
      true,
      false,
      false,
    ])
    expect(await rows('lost')).toMatchObject([{ state: 'delivered' }, { state: 'sent' }])
  })

  it.each(['way_code', 'way_test'])('%s is for one way alone: no other takes over', async (kind) => {
    const sms = fakeChannel('sms')
    sms.script.push('never')
    const to = { type: 'way' as const, id: ways[0] ?? 0, accountId }
    await asActor(clock, (tx) =>
      tx.insert(outbox).values(
        queued(
          telling(`alone ${kind}`, { kind, to }),
          {
            destination: { type: 'way', id: to.id, kind: 'mobile', value: '' },
            channel: sms.channel,
          },
          true,
          T0,
        ),
      ),
    )
    await sendDue(clock, T0, [sms.channel])
    expect(await rows(`alone ${kind}`)).toMatchObject([{ to: mobile, state: 'failed' }])
  })

  describe('that no way has brought', () => {
    const dead = fakeChannel('sms', { send: async () => ({ never: 'no such number' }) })
    const exhaust = async (key: string, at: Date, pressing = true) => {
      await tell([inbox, dead.channel], telling(key), pressing)
      for (let way = 0; way < 4; way += 1) await sendDue(clock, at, [dead.channel])
    }
    const asked = async () =>
      (await owner`select data from journal where event = 'cell.unreached' order by id`).map(
        ({ data }) => data,
      )

    it('is a call that those on duty make, one a person and quarter of an hour however many messages failed', async () => {
      await exhaust('dead 1', T0)
      expect(await asked()).toMatchObject([
        { who: `account:${accountId}`, name: people.director.name, what: 'crisis_activated' },
      ])
      await exhaust('dead 2', later(60))
      expect(await asked()).toHaveLength(1)
      await exhaust('dead 3', later(16 * 60))
      expect(await asked()).toHaveLength(2)
    })

    const calls = (actor = people.agent) => asActor(actor, (tx) => callTasks(tx, actor))
    const press = (reached: boolean, actor = people.agent) =>
      logCall(actor, { who: `account:${accountId}`, reached, result: 'Répondeur', by: null }, later(1200))

    it('is a call task: whom, the numbers, what was to be said; counted on the strip, done by one press', async () => {
      expect(await calls()).toMatchObject([
        {
          who: `account:${accountId}`,
          name: people.director.name,
          messages: [{ kind: 'crisis_activated', to: people.director.name }, { kind: 'crisis_activated' }],
          persons: [{ phone: '06 39 98 00 21' }, { phone: '01 99 00 21 00' }],
          last: null,
        },
      ])
      expect((await readStrip(people.lead, later(1200))).toCall).toBe(1)
      expect(await press(false)).toMatchObject({ ok: true })
      expect((await calls())[0]?.last).toMatchObject({ by: people.agent.name, result: 'Répondeur' })
      // Two who press at once: the second is told.
      expect(
        (await Promise.all([press(true), press(true, people.agent2)])).map(({ ok }) => ok).sort(),
      ).toEqual([false, true])
      expect(await calls()).toEqual([])
      // He was spoken to of what had failed until then: what fails after it is a call of its own, within the quarter of an hour too.
      await exhaust('after the call', later(1260))
      expect(await calls()).toMatchObject([{ who: `account:${accountId}`, messages: [{}] }])
      expect(await press(true)).toMatchObject({ ok: true })
    })

    it('is no call of somebody who may not make it, and none once he has read it after all', async () => {
      await exhaust('dead 4', later(40 * 60))
      const wall = { ...people.agent, role: 'wall' as const }
      expect(await calls(wall)).toEqual([])
      expect((await readStrip(wall, later(40 * 60))).toCall).toBe(0)
      expect(await press(true, people.samu59)).toMatchObject({ ok: false })
      expect(await calls()).toHaveLength(1)
      await markRead(people.director, { id: null }, later(41 * 60))
      expect(await calls()).toEqual([])
    })

    it('to a person of the directory is the one call of his organisation, his own number first', async () => {
      const { pref59 } = people.organisations
      const [contact] = await owner`insert into contact (organisation_id, name, phone, call_back, search)
        values (${pref59}, 'Camille Essai', '0199005901', false, ''), (${pref59}, 'Standard', '0199005900', true, '') returning id`
      const to = { type: 'contact' as const, id: Number(contact?.id), accountId: null }
      await tell([dead.channel], telling('dead contact', { to }))
      await sendDue(clock, later(60 * 60), [dead.channel])
      expect(await calls()).toMatchObject([
        {
          who: `organisation:${pref59}`,
          messages: [{ to: 'Camille Essai' }],
          persons: [{ name: 'Camille Essai', phone: '0199005901' }, { name: 'Standard' }],
        },
      ])
      // A second one of that house, a minute later, is named in it.
      const [other] = await owner`insert into contact (organisation_id, name, phone, call_back, search)
        values (${pref59}, 'Dominique Essai', '0199005902', false, '') returning id`
      await tell(
        [dead.channel],
        telling('dead other', { to: { type: 'contact', id: Number(other?.id), accountId: null } }),
      )
      await sendDue(clock, later(61 * 60), [dead.channel])
      expect(await calls()).toMatchObject([
        { messages: [{ to: 'Dominique Essai' }, { to: 'Camille Essai' }] },
      ])
    })

    it('is no call of whoever is out of use: neither asked for, nor still to be made', async () => {
      const active = (is: boolean) => owner`update account set active = ${is} where id = ${accountId}`
      const ask = async (key: string, at: Date) => {
        await exhaust(key, at)
        return (await calls()).filter(({ who }) => who === `account:${accountId}`)
      }
      expect(await ask('in use', later(80 * 60))).toHaveLength(1)
      const before = (await asked()).length
      await tell([inbox, dead.channel], telling('removed'))
      await active(false)
      expect(await ask('removed', later(100 * 60))).toEqual([])
      expect((await rows('removed')).map(({ error }) => error)).toContain('out of use')
      expect(await asked()).toHaveLength(before)
      await active(true)
    })

    it('asks for no call while a way is still to be tried, once he has read it, or when it pressed nobody', async () => {
      const before = (await asked()).length
      await tell([inbox, dead.channel], telling('one way left'))
      await sendDue(clock, later(3600), [dead.channel])
      expect(await asked()).toHaveLength(before)
      await markRead(people.director, { id: null }, later(3600))
      await sendDue(clock, later(3601), [dead.channel])
      await exhaust('in no hurry', later(3602), false)
      expect(await asked()).toHaveLength(before)
    })
  })

  it('to a way taken away meanwhile is not sent, and the next one is', async () => {
    const sms = fakeChannel('sms')
    await tell([sms.channel], telling('gone'))
    await owner`update contact_way set active = false where id = ${ways[0] ?? 0}`
    await sendDue(clock, T0, [sms.channel])
    await sendDue(clock, T0, [sms.channel])
    await owner`update contact_way set active = true where id = ${ways[0] ?? 0}`
    expect(sms.asked.map((one) => one.to)).toEqual([landline])
  })
})
