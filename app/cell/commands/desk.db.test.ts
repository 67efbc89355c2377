import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { shiftInput } from '../input.ts'
import { generateHandover, signHandover } from './handover.ts'
import { addShift, addWay, swapShift, verifyWay } from './roster.ts'
import { changeThreshold } from './thresholds.ts'

const database = await createTestDatabase()
const people = await makePeople(database.owner)
// the night in which Paris goes back from 3 to 2 o'clock
const NOW = new Date('2026-10-24T20:00:00Z')
const hour = (n: number) => new Date(NOW.getTime() + n * 3_600_000)

const shift = (given = {}) =>
  shiftInput.parse({
    accountId: people.director.accountId,
    role: 'director',
    rank: 1,
    fromAt: hour(1),
    toAt: hour(13),
    ...given,
  })

async function proveTwoWays(accountId: number) {
  for (const value of [`06 39 98 00 ${accountId}`, `fixe-${accountId}@demo.example`]) {
    const way = await addWay(people.lead, { accountId, kind: 'mobile', value }, NOW)
    if (!way.ok) throw new Error('refused')
    expect(await verifyWay(people.lead, { wayId: way.value.wayId }, NOW)).toMatchObject({ ok: true })
  }
}

describe('the roster', () => {
  it('refuses a person without two verified ways, and says how many there are', async () => {
    expect(await addShift(people.lead, shift(), NOW)).toMatchObject({
      ok: false,
      reason: { key: 'triggers.roster.two_ways', values: { verified: 0, needed: 2 } },
    })
    await proveTwoWays(people.director.accountId)
    expect(await addShift(people.lead, shift(), NOW)).toMatchObject({ ok: true })
    expect(await addShift(people.lead, shift({ fromAt: hour(12), toAt: hour(20) }), NOW)).toMatchObject({
      ok: false,
      reason: { key: 'cell.refused.overlap' },
    })
    expect(await addShift(people.agent, shift({ fromAt: hour(13), toAt: hour(20) }), NOW)).toMatchObject({
      ok: false,
      reason: { key: 'cell.refused.lead_only' },
    })
  })

  it('lets the holder hand over what is left of a shift, in elapsed time', async () => {
    await proveTwoWays(people.lead.accountId)
    const [held] = await database.owner`select id::int from roster_shift where cancelled_at is null`
    const swapped = await swapShift(
      people.director,
      { shiftId: held?.id, accountId: people.lead.accountId, reason: 'malade' },
      hour(3),
    )
    expect(swapped).toMatchObject({ ok: true })
    const rows =
      await database.owner`select account_id::int as who, from_at, to_at from roster_shift where cancelled_at is null order by from_at`
    expect(rows).toMatchObject([
      { who: people.director.accountId, from_at: hour(1), to_at: hour(3) },
      { who: people.lead.accountId, from_at: hour(3), to_at: hour(13) },
    ])
  })

  it('keeps the numbers of people out of the journal', async () => {
    const lines = await database.owner`select data::text as data from journal where chain = 'roster'`
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.map((line) => line.data).join(' ')).not.toMatch(/06 39 98/)
  })
})

describe('the handover', () => {
  it('is signed by the outgoing person first, by another second, once', async () => {
    const made = await generateHandover(people.agent, NOW)
    if (!made.ok) throw new Error('refused')
    const { handoverId } = made.value
    const sign = (who: typeof people.agent, suspected: string | null = null) =>
      signHandover(who, { handoverId, suspected }, NOW)
    expect(await sign(people.agent2)).toMatchObject({
      ok: false,
      reason: { key: 'cell.refused.outgoing_first' },
    })
    expect(await sign(people.agent, 'un bruit')).toMatchObject({ ok: true, value: { signed: 'outgoing' } })
    expect(await sign(people.agent)).toMatchObject({ ok: false, reason: { key: 'cell.refused.not_both' } })
    const both = await Promise.all([sign(people.agent2), sign(people.lead)])
    expect(both.filter((one) => one.ok)).toHaveLength(1)
    expect(await generateHandover(people.samu59, NOW)).toMatchObject({ ok: false })
  })
})

describe('a threshold', () => {
  it('is changed by an administrator alone, and the clock never grows', async () => {
    expect(await changeThreshold(people.lead, { key: 'wideOrganisations', value: 4 }, NOW)).toMatchObject({
      ok: false,
    })
    expect(await changeThreshold(people.admin, { key: 'wideOrganisations', value: 2.5 }, NOW)).toMatchObject({
      ok: false,
    })
    expect(await changeThreshold(people.admin, { key: 'clockMin', value: 31 }, NOW)).toMatchObject({
      ok: false,
    })
    expect(await changeThreshold(people.admin, { key: 'clockMin', value: 20 }, NOW)).toMatchObject({
      ok: true,
    })
    expect(await database.owner`select data from journal where event = 'threshold.changed'`).toMatchObject([
      { data: { key: 'clockMin', from: 30, to: 20 } },
    ])
  })
})
