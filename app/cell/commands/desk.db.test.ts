import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { MAY_HOLD } from '#app/crisis/rules/roster.ts'
import { ROLES } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { shiftInput } from '../input.ts'
import { readCell } from '../queries.ts'
import { generateHandover, signHandover } from './handover.ts'
import { addShift, cancelShift, swapShift } from './roster.ts'
import { changeThreshold, tryThreshold } from './thresholds.ts'
import { addWay, removeWay, verifyWay } from './ways.ts'

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
  const number = `06 39 98 00 ${String(accountId).padStart(2, '0')}`
  for (const [kind, value] of [
    ['mobile', number],
    ['email', `fixe-${accountId}@demo.example`],
  ] as const) {
    const way = await addWay(people.lead, { accountId, kind, value }, NOW)
    if (!way.ok) throw new Error('refused')
    // Nobody proves his own by ear.
    const by = accountId === people.lead.accountId ? people.director : people.lead
    expect(await verifyWay(by, { wayId: way.value.wayId }, NOW)).toMatchObject({ ok: true })
  }
}

describe('the roster', () => {
  it('keeps a number as the directory does, whoever writes it how; the same is one way, a short one is none', async () => {
    const { accountId } = people.agent
    const way = (kind: 'mobile' | 'landline' | 'email' | 'pager', value: string) =>
      addWay(people.lead, { accountId, kind, value }, NOW)
    const [first, again] = [await way('mobile', '06‑39‑98‑00‑77'), await way('landline', '+33 6 39 98 00 77')]
    expect(again).toEqual(first)
    expect(await database.owner`select value from contact_way where account_id = ${accountId}`).toEqual([
      { value: '+33639980077' },
    ])
    expect(await way('mobile', '112')).toMatchObject({
      fields: { value: { key: 'directory.invalid.phone_short' } },
    })
    expect(await way('email', 'nulle part')).toMatchObject({
      fields: { value: { key: 'directory.invalid.email' } },
    })
    expect(await way('pager', 'bip 4521')).toMatchObject({ ok: true })
  })

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
      { shiftId: held?.id, accountId: people.lead.accountId, fromAt: null, toAt: null, reason: 'malade' },
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

  it('an agent hands over a part of a shift of his own, to one who can take it; the rest stays his', async () => {
    const { agent, agent2 } = people
    await proveTwoWays(agent.accountId)
    const made = await addShift(people.lead, shift({ accountId: agent.accountId, role: 'agent' }), NOW)
    if (!made.ok) throw new Error(JSON.stringify(made))
    const swap = (given = {}, who = agent) =>
      swapShift(
        who,
        {
          shiftId: made.value.shiftId,
          accountId: agent2.accountId,
          fromAt: hour(4),
          toAt: hour(6),
          reason: null,
          ...given,
        },
        hour(2),
      )
    expect(await swap()).toMatchObject({ ok: false, reason: { key: 'triggers.roster.two_ways' } })
    await proveTwoWays(agent2.accountId)
    expect(await swap({}, agent2)).toMatchObject({ ok: false, reason: { key: 'cell.refused.lead_only' } })
    expect(await swap({ accountId: agent.accountId })).toMatchObject({ ok: false })
    expect(await swap({ toAt: hour(14) })).toMatchObject({
      ok: false,
      fields: { toAt: { key: 'cell.invalid.part' } },
    })
    expect(await swap()).toMatchObject({ ok: true })
    expect(
      await database.owner`select account_id::int as who, from_at, to_at from roster_shift
        where cancelled_at is null and role = 'agent' order by from_at`,
    ).toMatchObject([
      { who: agent.accountId, from_at: hour(1), to_at: hour(4) },
      { who: agent2.accountId, from_at: hour(4), to_at: hour(6) },
      { who: agent.accountId, from_at: hour(6), to_at: hour(13) },
    ])
    // The policies still let nobody but a lead write the roster by another way.
    await expect(
      asActor(agent, (tx) =>
        tx.execute(
          sql`update roster_shift set to_at = to_at where account_id = ${agent.accountId} returning id`,
        ),
      ),
    ).resolves.toHaveLength(0)
  })

  it.each([
    ['a shift of a month', { toAt: hour(24 * 30) }, 'toAt'],
    ['a shift that begins in two years', { fromAt: hour(24 * 730), toAt: hour(24 * 730 + 8) }, 'fromAt'],
  ])('refuses %s', async (_, given, field) => {
    // What ends in 2127 never comes so far: no form and no door takes such a date.
    expect(shiftInput.safeParse({ ...shift(), toAt: new Date('2127-10-25T08:00:00Z') }).success).toBe(false)
    const refusal = await addShift(people.lead, shift(given), NOW)
    expect(refusal).toMatchObject({ ok: false, fields: { [field]: {} } })
  })

  it('an agent holds no shift that must decide', async () => {
    const wanted = shift({ accountId: people.agent.accountId, fromAt: hour(40), toAt: hour(50) })
    expect(await addShift(people.lead, wanted, NOW)).toMatchObject({
      ok: false,
      fields: { accountId: { key: 'triggers.roster.wrong_role' } },
    })
  })

  it('judges who is on it when it is used: nobody is called who cannot be, and the hole is named', async () => {
    const { owner } = database
    const at = hour(2)
    const called = async () => (await readCell(people.lead, at)).onCall.map((one) => one.name)
    const holes = async () =>
      (await readCell(people.lead, at)).gaps
        .filter((gap) => gap.role === 'director')
        .flatMap((gap) => gap.because.map(({ name, why }) => `${name} ${why.key}`))
    expect((await called())[0]).toBe(people.director.name)
    expect(await holes()).toEqual([])
    const wrong: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
      [
        'deactivated',
        () => owner`update account set active = false where id = ${people.director.accountId}`,
        () => owner`update account set active = true where id = ${people.director.accountId}`,
      ],
      [
        'wrong_role',
        () => owner`update account set role = 'agent' where id = ${people.director.accountId}`,
        () => owner`update account set role = 'director' where id = ${people.director.accountId}`,
      ],
    ]
    for (const [why, make, mend] of wrong) {
      await make()
      expect(await called()).not.toContain(people.director.name)
      expect(await holes()).toContain(`${people.director.name} triggers.roster.${why}`)
      await mend()
    }
    await owner`update contact_way set kind = 'email' where account_id = ${people.director.accountId}`
    await owner`update contact_way set verified_at = ${NOW} where account_id = ${people.director.accountId}`
    expect(await holes()).toContain(`${people.director.name} triggers.roster.no_telephone`)
    // He may still be reached: after whoever surely can, before those whom nobody put on the roster.
    expect(await called()).toContain(people.director.name)
    await owner`update contact_way set kind = 'mobile' where account_id = ${people.director.accountId}`
  })

  it.each(
    ROLES.flatMap((role) =>
      (['agent', 'lead', 'director', 'admin'] as const).map((held) => [role, held] as const),
    ),
  )('the database and the rule agree whether %s may hold a shift of %s', async (role, held) => {
    const [row] = await database.owner`select app.may_hold(${role}, ${held}) as may`
    expect(row?.may).toBe(MAY_HOLD[held].includes(role))
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
    expect(
      await changeThreshold(people.lead, { key: 'sameTerritoryOrganisations', value: 4 }, NOW),
    ).toMatchObject({
      ok: false,
    })
    expect(
      await changeThreshold(people.admin, { key: 'sameTerritoryOrganisations', value: 2.5 }, NOW),
    ).toMatchObject({
      ok: false,
    })
    expect(await tryThreshold(people.lead, { key: 'proposeDays', value: 50 })).toMatchObject({ ok: false })
    expect(await tryThreshold(people.admin, { key: 'clockMin', value: 31 })).toMatchObject({
      fields: { value: { key: 'cell.refused.clock_longer' } },
    })
    expect(await tryThreshold(people.admin, { key: 'proposeDays', value: 50 })).toMatchObject({ ok: true })
    expect(await database.owner`select 1 from threshold`).toHaveLength(0)
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

describe('from inside an exercise', () => {
  it('the roster, the ways and the thresholds are changed in the real world: its journal says so, and its reactions follow', async () => {
    const { owner } = database
    const [played] = await owner`insert into exercise (drill_id, title, state, started_at, attended, file)
      values ('d', 'Exercice', 'running', ${NOW}, true, '{}') returning id::int`
    const inside = <T extends object>(who: T) => ({ ...who, exerciseId: played?.id as number })
    const [lead, admin] = [inside(people.lead), inside(people.admin)]
    const { accountId } = people.agent
    const [last] = await owner`select coalesce(max(id), 0) as id from journal`
    const jobs = async () =>
      Number(
        (await owner`select count(*) as n from graphile_worker.jobs where task_identifier = 'react'`)[0]?.n,
      )
    const before = await jobs()

    const added = await addShift(
      lead,
      shift({ accountId, role: 'agent', fromAt: hour(60), toAt: hour(70) }),
      NOW,
    )
    const shiftId = added.ok ? added.value.shiftId : 0
    const given = await swapShift(
      inside(people.agent),
      { shiftId, accountId: people.agent2.accountId, fromAt: null, toAt: null, reason: null },
      NOW,
    )
    const toCancel = given.ok ? given.value.shiftId : 0
    const way = await addWay(lead, { accountId, kind: 'pager', value: 'bip 99' }, NOW)
    const wayId = way.ok ? way.value.wayId : 0
    for (const done of [
      await cancelShift(lead, { shiftId: toCancel, reason: 'essai' }, NOW),
      await verifyWay(lead, { wayId }, NOW),
      await removeWay(lead, { wayId }, NOW),
      await changeThreshold(admin, { key: 'sameTerritoryOrganisations', value: 4 }, NOW),
    ])
      expect(done).toMatchObject({ ok: true })
    expect(
      await owner`select event, exercise_id as world from journal where id > ${last?.id} order by id`,
    ).toEqual(
      [
        'roster.shift_added',
        'roster.shift_swapped',
        'roster.way_changed',
        'roster.shift_cancelled',
        'roster.way_changed',
        'roster.way_changed',
        'threshold.changed',
      ].map((event) => ({ event, world: null })),
    )
    expect(await jobs()).toBeGreaterThan(before)
  })
})
