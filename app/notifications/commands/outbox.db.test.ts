import { beforeEach, describe, expect, it } from 'vitest'
import { markRead } from '#app/inbox/commands/mark-read.ts'
import { asActor } from '#db/transaction.ts'
import { fakeChannel } from '../channels/fake.fixture.ts'
import { inbox } from '../channels/inbox.ts'
import { LEASE_S } from '../rules/delivery.ts'
import { AT_ONCE, windowEnd } from '../rules/throttle.ts'
import { enqueue } from './enqueue.ts'
import {
  accountId,
  app,
  clock,
  later,
  mobile,
  owner,
  people,
  rows,
  T0,
  tell,
  telling,
} from './outbox.fixture.ts'
import { recordReceipts } from './receipt.ts'
import { endCall } from './ringing.ts'
import { claimDue, sendDue, sendWhileDue } from './send.ts'

beforeEach(() => owner`update outbox set due_at = null, state = 'cancelled' where due_at is not null`)

describe('a message', () => {
  it('is in the inbox in the transaction that tells, and once however often it is told', async () => {
    const one = telling('inbox', { kind: 'case_updated' })
    await Promise.all([1, 2, 3].map(() => tell([inbox], one)))
    expect(await rows('inbox')).toMatchObject([
      { channel: 'inbox', to: `account:${accountId}`, state: 'delivered' },
    ])
    expect(await owner`select 1 from inbox_message where dedupe_key = 'inbox'`).toHaveLength(1)
    await expect(
      asActor(clock, async (tx) => {
        await enqueue(tx, clock, [telling('undone')], true, T0, [inbox])
        throw new Error('the command fails')
      }),
    ).rejects.toThrow('the command fails')
    expect(await rows('undone')).toEqual([])
    expect(await owner`select 1 from inbox_message where dedupe_key = 'undone'`).toHaveLength(0)
  })

  it('goes out by the first way of a person when it presses, and only then', async () => {
    const sms = fakeChannel('sms')
    await tell([inbox, sms.channel], telling('calm'), false)
    await tell([inbox, sms.channel], telling('pressing'))
    await sendDue(clock, T0, [inbox, sms.channel])
    expect((await rows('calm')).map((row) => row.channel)).toEqual(['inbox'])
    expect(await rows('pressing')).toMatchObject([
      { channel: 'inbox', state: 'delivered' },
      { channel: 'sms', to: mobile, state: 'sent', attempts: 1, twice: false },
    ])
    expect(sms.arrived).toHaveLength(1)
  })

  it('in two parts has arrived when both have, told in the same moment too', async () => {
    const sms = fakeChannel('sms', { receiptWithinS: 90 })
    const many = Array.from({ length: 20 }, (_, n) => `parts ${n}`)
    sms.channel.send = async ({ key }) => ({ accepted: `${key}-1`, parts: [`${key}-1`, `${key}-2`] })
    for (const key of many) await tell([sms.channel], telling(key))
    await sendDue(clock, T0, [sms.channel])
    const sent = await owner<{ id: number }[]>`select id from outbox where dedupe_key like 'parts %'`
    await Promise.all(
      sent.flatMap(({ id }) =>
        [1, 2].map((part) =>
          recordReceipts(
            clock,
            [{ channel: 'sms', externalId: `permanence-${id}-${part}`, says: 'delivered' }],
            later(5),
            [sms.channel],
          ),
        ),
      ),
    )
    expect((await Promise.all(many.map(rows))).flat().map((row) => row.state)).toEqual(
      many.map(() => 'delivered'),
    )
  })

  it('many told together: each by its own parts, one lost part loses its message, what is said twice counts once', async () => {
    const sms = fakeChannel('sms', { receiptWithinS: 90 })
    sms.channel.send = async ({ key }) => ({ accepted: `${key}-1`, parts: [`${key}-1`, `${key}-2`] })
    const keys = ['whole', 'half', 'lost'].map((name) => `together ${name}`)
    for (const key of keys) await tell([sms.channel], telling(key))
    await sendDue(clock, T0, [sms.channel])
    const idOf = async (key: string) => (await owner`select id from outbox where dedupe_key = ${key}`)[0]?.id
    const [whole, half, lost] = await Promise.all(keys.map(idOf))
    const part = (id: number, n: number, says: 'delivered' | 'failed' = 'delivered') => ({
      ...{ channel: 'sms', externalId: `permanence-${id}-${n}`, says },
    })
    const all = [part(whole, 1), part(lost, 2, 'failed'), part(whole, 2), part(half, 1), part(lost, 1)]
    const told = () => recordReceipts(clock, [...all, part(whole, 2, 'failed')], later(5), [sms.channel])
    expect([await told(), await told()]).toEqual([true, false])
    expect((await Promise.all(keys.map(rows))).map(([row]) => row?.state)).toEqual([
      'delivered',
      'sent',
      'failed',
    ])
  })

  it('is claimed by the hour it is, batch after batch: a slow far side makes none of them run out meanwhile', async () => {
    let at = 0
    const slow = fakeChannel('sms')
    const { send } = slow.channel
    // Each batch takes longer than half a lease.
    slow.channel.send = async (...given) => {
      const outcome = await send(...given)
      at = Math.floor(slow.asked.length / 50) * (LEASE_S / 2 + 5)
      return outcome
    }
    for (let n = 0; n < 130; n += 1) await tell([slow.channel], telling(`slow ${n}`))
    await sendWhileDue(clock, () => later(at), [slow.channel])
    const leases = await owner<
      { at: Date }[]
    >`select distinct sent_at as at from outbox where dedupe_key like 'slow %' order by 1`
    expect(leases.length).toBe(3)
    expect(slow.asked).toHaveLength(130)
  })

  it('tried again, its last try names it no more: an early end is that of this one', async () => {
    const voice = fakeChannel('voice')
    await tell([voice.channel], telling('named'))
    await sendDue(clock, T0, [voice.channel])
    await owner`update outbox set state = 'queued', due_at = ${T0} where dedupe_key = 'named'`
    const [claimed] = await claimDue(clock, later(1), [voice.channel])
    expect(claimed).toMatchObject({ attempts: 2, externalId: null })
    await endCall(clock, claimed?.id ?? 0, 'busy', 'the second', later(2), [voice.channel])
    expect(await rows('named')).toMatchObject([{ state: 'queued', error: 'busy' }])
  })

  it('answered by one way, or read in the application, stays at home by the others', async () => {
    const sms = fakeChannel('sms')
    await tell([inbox, sms.channel], telling('read'))
    await markRead(people.agent, { id: null }, T0)
    expect(await rows('read')).toMatchObject([{ state: 'delivered' }, { state: 'queued' }])
    await markRead(people.director, { id: null }, T0)
    expect(await rows('read')).toMatchObject([{ state: 'acknowledged' }, { state: 'cancelled' }])
    expect(await sendDue(clock, later(5), [sms.channel])).toBe(0)
    expect(sms.asked).toEqual([])
  })

  it('to someone of the directory goes by what the directory says', async () => {
    const [made] =
      await owner`insert into post (organisation_id, name) values (${people.organisations.pref59}, 'Permanence') returning id`
    const postId = Number(made?.id)
    const [who] = await owner`insert into contact (organisation_id, post_id, name, phone, search)
      values (${people.organisations.pref59}, ${postId}, 'Camille Essai', '+33199000059', 'camille') returning id`
    const sms = fakeChannel('sms')
    const to = (type: 'contact' | 'post', id: number) => ({ to: { type, id, accountId: null } as const })
    await tell([inbox, sms.channel], telling('contact', to('contact', Number(who?.id))), false)
    await tell([inbox, sms.channel], telling('post', to('post', postId)), false)
    await sendDue(clock, T0, [sms.channel])
    expect(sms.asked.map((one) => one.to).sort()).toEqual([`contact:${who?.id}`, `post:${postId}`])
  })

  it('of an exercise never leaves the house', async () => {
    const sms = fakeChannel('sms')
    const [made] =
      await owner`insert into exercise (drill_id, title, state, started_at) values ('essai', 'essai', 'running', ${T0}) returning id`
    await tell([inbox, sms.channel], telling('exercise'), true, Number(made?.id))
    expect((await rows('exercise')).map((row) => row.channel)).toEqual(['inbox'])
  })

  it('in a flood is one message for all of them, and what presses most is never held back', async () => {
    const sms = fakeChannel('sms')
    await owner`update outbox set created_at = ${later(-10_000)}`
    for (let n = 0; n < 10; n += 1)
      await tell([sms.channel], telling(`flood ${n}`, { kind: 'case_reported' }))
    await tell([sms.channel], telling('decides', { kind: 'proposal_made' }))
    await sendDue(clock, T0, [sms.channel])
    expect(sms.asked).toHaveLength(AT_ONCE + 1)
    const digest = `digest:${windowEnd(T0.getTime())}`
    expect(await rows(digest)).toMatchObject([{ channel: 'sms', state: 'queued' }])
    await sendDue(clock, new Date(windowEnd(T0.getTime())), [sms.channel])
    expect(sms.asked).toHaveLength(AT_ONCE + 2)
    await owner`delete from outbox where kind in ('case_reported', 'digest')`
  })

  it('is queued by machines alone, and seen by the cell of its own world', async () => {
    await tell([inbox], telling('seen'))
    const seenAs = (role: string) =>
      app.begin(async (sql) => {
        await sql`select set_config('app.role', ${role}, true), set_config('app.account', ${String(accountId)}, true)`
        const [row] = await sql`select count(*)::int as n from outbox where dedupe_key = 'seen'`
        return row?.n
      })
    expect([await seenAs('lead'), await seenAs('reporter'), await seenAs('')]).toEqual([1, 0, 0])
    await expect(
      app.begin(async (sql) => {
        await sql`select set_config('app.role', 'agent', true)`
        await sql`insert into outbox (to_type, to_id, channel, kind, data, dedupe_key, pressing, state, created_at)
          values ('account', 1, 'inbox', 'x', '{}', 'forged', false, 'queued', ${T0})`
      }),
    ).rejects.toThrow(/row-level security/)
  })
})
