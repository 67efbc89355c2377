import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { markRead } from '#app/inbox/commands/mark-read.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { type Behaviour, fakeChannel } from '../channels/fake.fixture.ts'
import { inbox } from '../channels/inbox.ts'
import type { Channel, ChannelOutside } from '../port.ts'
import { LEASE_S, RETRY_AFTER_S } from '../rules/delivery.ts'
import { AT_ONCE, windowEnd } from '../rules/throttle.ts'
import { enqueue, queued, type Telling } from './enqueue.ts'
import { recordReceipt } from './receipt.ts'
import { endCall } from './ringing.ts'
import { claimDue, sendDue, sendWhileDue } from './send.ts'
import { writeDown } from './write-down.ts'

const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const clock = machine('outbox')
const T0 = new Date('2026-11-23T02:00:00Z')
const later = (seconds: number) => new Date(T0.getTime() + seconds * 1000)
const { accountId } = people.director
const telling = (dedupeKey: string, given: Partial<Telling> = {}): Telling => ({
  to: { type: 'account', id: accountId, accountId },
  kind: 'crisis_activated',
  data: { by: 'clock' },
  caseId: null,
  incidentId: null,
  dedupeKey,
  ...given,
})
const tell = (
  channels: readonly Channel[],
  one: Telling,
  pressing = true,
  exerciseId: number | null = null,
) => {
  const actor = exerciseId ? machine('reactions', exerciseId) : machine('reactions')
  return asActor(actor, (tx) => enqueue(tx, actor, [one], pressing, T0, channels))
}
type Row = {
  channel: string
  to: string
  state: string
  attempts: number
  twice: boolean
  error: string | null
}
const rows = (key: string) =>
  owner<
    Row[]
  >`select channel, to_type || ':' || to_id as "to", state, attempts::int, may_arrive_twice as twice, last_error as error
    from outbox where dedupe_key = ${key} order by id`

const ways: number[] = []
for (const [kind, value] of [
  ['mobile', '06 39 98 00 21'],
  ['landline', '01 99 00 21 00'],
]) {
  const [way] = await owner`insert into contact_way (account_id, kind, value, verified_at)
    values (${accountId}, ${kind ?? ''}, ${value ?? ''}, ${T0}) returning id`
  ways.push(Number(way?.id))
}
const [mobile, landline] = ways.map((id) => `way:${id}`)

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
      recordReceipt(clock, { channel: 'sms', externalId: external, says: what }, later(100), [sms.channel])
    expect([await says('delivered'), await says('delivered'), await says('failed')]).toEqual([
      true,
      false,
      false,
    ])
    expect(await rows('lost')).toMatchObject([{ state: 'delivered' }, { state: 'sent' }])
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
          recordReceipt(
            clock,
            { channel: 'sms', externalId: `permanence-${id}-${part}`, says: 'delivered' },
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
      expect(await asked()).toEqual([
        { who: `account:${accountId}`, name: people.director.name, what: 'crisis_activated' },
      ])
      await exhaust('dead 2', later(60))
      expect(await asked()).toHaveLength(1)
      await exhaust('dead 3', later(16 * 60))
      expect(await asked()).toHaveLength(2)
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

  it('to a way taken away meanwhile is not sent, and the next one is', async () => {
    const sms = fakeChannel('sms')
    await tell([sms.channel], telling('gone'))
    await owner`update contact_way set active = false where id = ${ways[0] ?? 0}`
    await sendDue(clock, T0, [sms.channel])
    await sendDue(clock, T0, [sms.channel])
    await owner`update contact_way set active = true where id = ${ways[0] ?? 0}`
    expect(sms.asked.map((one) => one.to)).toEqual([landline])
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

/** What one worker does with what it has claimed. */
type Life = 'works' | 'dies_before_sending' | 'dies_after_sending'

async function live(life: Life, channel: ChannelOutside, now: Date): Promise<void> {
  if (life === 'works') {
    await sendDue(clock, now, [channel])
    return
  }
  for (const row of await claimDue(clock, now, [channel])) {
    if (life === 'dies_before_sending') continue
    await channel
      .send(
        { ...row, key: `permanence-${row.id}`, locale: 'fr', role: null, sentAt: now },
        { type: 'way', id: row.toId, kind: 'mobile', value: '' },
        AbortSignal.timeout(1000),
      )
      .catch(() => {})
  }
}

const nextDue = async (key: string) => {
  const [row] = await owner<
    { at: Date | null }[]
  >`select min(due_at) as at from outbox where dedupe_key = ${key}`
  return row?.at ?? null
}

describe('however often a worker dies between sending and writing it down', () => {
  let run = 0
  it.each([
    ['a far side that knows keys has it once', true],
    ['one that does not may have it twice, and then the row says so', false],
  ])('%s', async (_, knowsKeys) => {
    const life = fc.constantFrom<Life>('works', 'dies_before_sending', 'dies_after_sending')
    const behaviour = fc.constantFrom<Behaviour>('takes', 'takes_and_is_silent', 'loses', 'not_now', 'never')
    await fc.assert(
      fc.asyncProperty(
        fc.array(life, { maxLength: 5 }),
        fc.array(behaviour, { maxLength: 8 }),
        async (lives, behaviours) => {
          run += 1
          const key = `property ${run}`
          const far = fakeChannel('sms', { knowsKeys })
          far.script.push(...behaviours)
          await tell([far.channel], telling(key))
          let at = 0
          for (const one of lives) {
            await live(one, far.channel, later(at))
            at += LEASE_S
          }
          // Then one that lives, for as long as it takes.
          for (let due = await nextDue(key); due; due = await nextDue(key)) {
            at = Math.max(at, (due.getTime() - T0.getTime()) / 1000)
            await live('works', far.channel, later(at))
          }
          const found = await owner<{ id: string; state: string; twice: boolean }[]>`
            select id, state, may_arrive_twice as twice from outbox where dedupe_key = ${key}`
          for (const row of found) {
            const times = far.arrived.filter((arrived) => arrived === `permanence-${row.id}`).length
            expect(['sent', 'failed']).toContain(row.state)
            if (!row.twice) expect(times).toBeLessThanOrEqual(1)
            if (knowsKeys) expect([row.twice, times <= 1]).toEqual([false, true])
          }
          // It went out by some way, or every way was tried to its end.
          if (!found.some((row) => row.state === 'sent')) expect(found).toHaveLength(ways.length)
        },
      ),
      { numRuns: 10 },
    )
  })

  it('fifty deaths between sending and writing it down: nothing is lost, and each that may be there twice says so', async () => {
    const far = fakeChannel('sms')
    for (let n = 0; n < 50; n += 1) await tell([far.channel], telling(`deaths ${n}`))
    let at = 0
    for (let death = 0; death < 50; death += 1) {
      const [row] = await claimDue(clock, later(at), [far.channel])
      if (row)
        await far.channel.send(
          { ...row, key: `permanence-${row.id}`, locale: 'fr', role: null, sentAt: later(at) },
          { type: 'way', id: row.toId, kind: 'mobile', value: '' },
          AbortSignal.timeout(1000),
        )
      at += LEASE_S
    }
    await sendDue(clock, later(at), [far.channel])
    const found = await owner<{ id: string; state: string; twice: boolean }[]>`
      select id, state, may_arrive_twice as twice from outbox where dedupe_key like 'deaths %'`
    expect(found).toHaveLength(50)
    expect(new Set(found.map((row) => row.state))).toEqual(new Set(['sent']))
    for (const { id, twice } of found) {
      const times = far.arrived.filter((key) => key === `permanence-${id}`).length
      expect(times).toBeGreaterThanOrEqual(1)
      if (times > 1) expect(twice).toBe(true)
    }
  })

  it('two workers at once claim different ones, and he who was taken over writes nothing', async () => {
    const far = fakeChannel('sms')
    for (let n = 0; n < 30; n += 1) await tell([far.channel], telling(`many ${n}`))
    const claims = (await Promise.all([1, 2, 3].map(() => claimDue(clock, T0, [far.channel])))).flat()
    expect(new Set(claims.map((row) => row.id)).size).toBe(claims.length)
    expect(claims.length).toBe(30)
    const [taken] = await claimDue(clock, later(LEASE_S), [far.channel])
    const slow = claims.find((row) => row.id === taken?.id)
    if (!slow) throw new Error('nothing taken over')
    await writeDown(clock, slow, { accepted: 'slow' }, later(LEASE_S), [far.channel])
    const [row] = await owner`select state, external_id from outbox where id = ${slow.id}`
    expect(row).toEqual({ state: 'sending', external_id: null })
  })
})
