import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Behaviour, fakeChannel } from '../channels/fake.fixture.ts'
import type { ChannelOutside } from '../port.ts'
import { LEASE_S } from '../rules/delivery.ts'
import { clock, later, owner, T0, tell, telling, ways } from './outbox.fixture.ts'
import { claimDue, sendDue } from './send.ts'
import { writeDown } from './write-down.ts'

beforeEach(() => owner`update outbox set due_at = null, state = 'cancelled' where due_at is not null`)

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
