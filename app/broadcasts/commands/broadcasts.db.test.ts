import { describe, expect, it } from 'vitest'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import type { EventName } from '#app/_journal/events.ts'
import { RETRY_AFTER_S } from '#app/notifications/rules/delivery.ts'
import { asActor } from '#db/transaction.ts'
import { prepareInput } from '../input.ts'
import { readBroadcast } from '../queries.ts'
import { DELIVERED_WITHIN_S } from '../rules/safety.ts'
import { OPENED_MS } from '../rules/second-person.ts'
import { advanceBroadcasts } from './advance.ts'
import {
  inForce,
  later,
  list,
  owner,
  people,
  pilots,
  prepared,
  read,
  started,
  T0,
} from './broadcasts.fixture.ts'
import { savePilots } from './pilots.ts'
import { prepareBroadcast } from './prepare.ts'
import { confirmBroadcast, goOn, stopBroadcast } from './run.ts'

const clock = machine('broadcasts')

describe('before anything is sent', () => {
  it('whoever prepared does not start it; two who start it at once start it once', async () => {
    await savePilots(people.lead, { list: pilots }, T0)
    const made = await prepared()
    const id = made.ok ? made.value.broadcastId : 0
    expect(await confirmBroadcast(people.lead, { broadcastId: id, version: 1 }, T0)).toMatchObject({
      ok: false,
      reason: { key: 'broadcasts.refused.same_person' },
    })
    expect(await confirmBroadcast(people.agent, { broadcastId: id, version: 1 }, T0)).toMatchObject({
      ok: false,
    })
    const both = [people.director, people.director].map((who) =>
      confirmBroadcast(who, { broadcastId: id, version: 1 }, T0),
    )
    expect((await Promise.all(both)).map((one) => one.ok).sort()).toEqual([false, true])
  })

  it.each<[string, EventName, object, boolean]>([
    // The first: what follows stays in the director's chain.
    ['was called by another name', 'account.changed', { fields: ['name'] }, true],
    ['was made', 'account.created', { role: 'director' }, false],
    ['was given a passphrase', 'account.passphrase_set', { by: 'administrator' }, false],
    ['was invited', 'account.invited', {}, false],
    ['was raised', 'account.changed', { fields: ['role'], from: 'agent', to: 'director' }, false],
    ['was put back in use', 'account.changed', { active: true, sessions: 0 }, false],
  ])('whoever %s by the one who prepared is no second person, for a day', async (_, event, data, may) => {
    await savePilots(people.lead, { list: pilots }, T0)
    const made = await prepared({}, people.admin)
    const id = made.ok ? made.value.broadcastId : 0
    const opened = new Date(T0.getTime() - OPENED_MS + 1000)
    await asActor(people.admin, (tx) =>
      append(tx, people.admin, {
        ...{ chain: `account:${people.director.accountId}`, event, visibility: 'internal' },
        ...{ at: opened, data: data as Record<string, unknown> },
      }),
    )
    const start = (at: Date) => confirmBroadcast(people.director, { broadcastId: id, version: 1 }, at)
    const soon = await start(T0)
    if (!may) expect(soon).toMatchObject({ reason: { key: 'broadcasts.refused.one_hand' } })
    expect(may ? soon : await start(later(1))).toMatchObject({ ok: true })
  })

  it('a list with duplicates, fixed lines, foreign and short numbers says what was left out', async () => {
    await savePilots(people.lead, { list: pilots }, T0)
    const odd = [
      '0639987001',
      '+33639987001',
      '0199001234',
      '+32470123456',
      '15',
      'rien 12',
      '0639987002;Noa',
      '0639989000',
    ]
    const made = await prepared({ list: odd.join('\n') })
    const { one, progress } = await read(made.ok ? made.value.broadcastId : 0)
    expect(one.leftOut).toEqual({ duplicate: 1, landline: 1, foreign: 1, emergency: 1, invalid: 1 })
    expect(
      progress.map(({ wave, size }) => [wave, size]),
      'a pilot of the list is written to once',
    ).toEqual([
      ['pilot', 30],
      ['one', 1],
      ['all', 1],
    ])
  })

  it('dead is what the network refused or lost, never what a message centre that was away did not take', async () => {
    const id = await started({ list: list(8, 5000) })
    await advanceBroadcasts(clock, T0)
    await owner`update broadcast set wave = 'all' where id = ${id}`
    await advanceBroadcasts(clock, T0)
    const last = RETRY_AFTER_S.length + 1
    const ends = [
      ['status 0x0b', 1],
      ['status 0x0b', last - 1],
      ['lost on the way', 1],
      ['lost on the way', last],
      ['no receipt', 1],
      ['unknown', 1],
      ['connect ECONNREFUSED', last],
    ] as const
    for (const [at, [error, attempts]] of ends.entries())
      await owner`update outbox o set state = 'failed', due_at = null, last_error = ${error}, attempts = ${attempts}
        from broadcast_recipient r where r.id = o.to_id and o.to_type = 'telephone' and r.broadcast_id = ${id}
          and r.phone = ${`+3363998500${at}`}`
    await owner`update broadcast set state = 'done' where id = ${id}`
    const again = await prepared({ list: list(8, 5000) })
    expect((await read(again.ok ? again.value.broadcastId : 0)).one.leftOut).toEqual({ dead: 4 })
  })

  it.each([
    ['a list that nobody agreed to', { consented: false }, 'consented', 'broadcasts.invalid.consent'],
    ['nobody', { list: '' }, 'kinds', 'broadcasts.invalid.nobody'],
    ['no purpose', { purpose: ' ' }, 'purpose', 'cases.invalid.required'],
  ])('%s', (_, over, path, message) => {
    const given = { instructionId: 1, list: list(1), consented: true, purpose: 'x', ...over }
    expect(prepareInput.safeParse(given).error?.issues).toMatchObject([{ path: [path], message }])
  })

  it('without ten pilots of each network, without anybody left, or not in force: nothing is made', async () => {
    const [before] = await owner`select count(*)::int as n from broadcast`
    await savePilots(people.lead, { list: pilots.split('\n').slice(0, 15).join('\n') }, T0)
    expect(await prepared()).toMatchObject({
      ok: false,
      reason: { key: 'broadcasts.refused.pilots', values: { network: 'Réseau Modèle', count: 5 } },
    })
    await savePilots(people.lead, { list: pilots }, T0)
    expect(await prepared({ list: '0199001234' })).toMatchObject({
      fields: { list: { key: 'broadcasts.refused.nobody_left' } },
    })
    const instructionId = await inForce()
    await owner`update instruction set state = 'ended' where id = ${instructionId}`
    const input = prepareInput.parse({ instructionId, list: list(1), consented: true, purpose: 'x' })
    expect(await prepareBroadcast(people.lead, input, T0)).toMatchObject({
      reason: { key: 'broadcasts.refused.not_in_force' },
    })
    expect((await owner`select count(*)::int as n from broadcast`)[0]).toEqual(before)
  })

  it('an instruction that ends stops it', async () => {
    const id = await started()
    await owner`update instruction set state = 'ended' where id = (select instruction_id from broadcast where id = ${id})`
    await advanceBroadcasts(clock, later(1))
    expect((await read(id)).one).toMatchObject({ state: 'stopped', stopReason: 'broadcasts.stopped.ended' })
  })
})

describe('wave by wave, whatever carries them', () => {
  /** What was queued of it is delivered, all but the first `silent`, which nobody tells of. */
  const carried = (id: number, at: Date, silent = 0) =>
    owner`update outbox set state = case when n > ${silent} then 'delivered' else 'sent' end, due_at = null, sent_at = ${at},
        delivered_at = case when n > ${silent} then ${at}::timestamptz end
      from (select id as one, row_number() over (order by id) as n from outbox
        where dedupe_key = ${`broadcast:${id}`} and state = 'queued') q where id = q.one`
  const queued = async (id: number) =>
    (await owner`select count(*)::int as n from outbox where dedupe_key = ${`broadcast:${id}`}`)[0]?.n

  it.each([
    ['a thousand', 1_000, ['pilot', 'one', 'ten', 'all', 'all'], [30, 40, 130, 1_030]],
    ['twelve', 12, ['pilot', 'one', 'ten', 'all', 'all'], [30, 31, 32, 42]],
    // Too few for a tenth that is not the first one, or for a rest.
    ['eight', 8, ['pilot', 'one', 'ten', 'all', 'all'], [30, 31, 31, 38]],
    ['one', 1, ['pilot', 'one', 'ten', 'all', 'all'], [30, 31, 31, 31]],
  ])(
    '%s: the pilots wait for a person, each other wave leads to the next by itself',
    async (_, n, waves, sums) => {
      const id = await started({ list: list(n) })
      const seen = []
      for (let turn = 0; turn < 4; turn += 1) {
        seen.push((await read(id)).one.wave)
        await advanceBroadcasts(clock, later(turn))
        expect(await queued(id)).toBe(sums[turn])
        await carried(id, later(turn))
        await advanceBroadcasts(clock, later(turn))
        const { one } = await read(id)
        if (turn > 0) continue
        expect(one.wave, 'nobody has read the pilots yet').toBe('pilot')
        await goOn(people.director, { broadcastId: id, version: one.version }, later(turn))
      }
      const { one } = await read(id)
      expect([...seen, one.wave]).toEqual(waves)
      expect(one.state).toBe('done')
    },
  )

  it('a wave of which nothing is told waits for the minute, and then goes on or stops', async () => {
    for (const [silent, state, wave] of [
      [3, 'running', 'all'],
      [4, 'stopped', 'ten'],
    ] as const) {
      const id = await started({ list: list(200) })
      await owner`update broadcast set wave = 'ten' where id = ${id}`
      await advanceBroadcasts(clock, later(1))
      await carried(id, later(1), silent)
      await advanceBroadcasts(clock, later(DELIVERED_WITHIN_S))
      expect((await read(id)).one).toMatchObject({ state: 'running', wave: 'ten' })
      await advanceBroadcasts(clock, later(1 + DELIVERED_WITHIN_S))
      expect((await read(id)).one).toMatchObject({ state, wave })
      await owner`update broadcast set state = 'done' where id = ${id}`
    }
  })

  it('stopped by a person: what waits stays, and it is not begun again', async () => {
    const id = await started({ list: list(20) })
    await advanceBroadcasts(clock, later(1))
    await stopBroadcast(people.agent, { broadcastId: id }, later(2))
    await advanceBroadcasts(clock, later(3))
    expect(await owner`select distinct state from outbox where dedupe_key = ${`broadcast:${id}`}`).toEqual([
      { state: 'cancelled' },
    ])
    expect((await read(id)).one).toMatchObject({ state: 'stopped', stoppedByName: people.agent.name })
    expect(await stopBroadcast(people.agent, { broadcastId: id }, later(4))).toMatchObject({
      reason: { key: 'broadcasts.refused.over' },
    })
  })
})

it('in an exercise every word is marked, the waves are played, and nobody is written to', async () => {
  const [exercise] =
    await owner`insert into exercise (drill_id, title, state, started_at) values ('x', 'x', 'running', ${T0}) returning id::int`
  const inside = (actor: AccountActor) => ({ ...actor, exerciseId: Number(exercise?.id) })
  // The telephones are the real ones there too, and who changes them changes them for real.
  expect(await savePilots(inside(people.lead), { list: pilots }, T0)).toMatchObject({ ok: true })
  const [saved] =
    await owner`select exercise_id as world from journal where event = 'setting.changed' order by id desc`
  expect(saved).toEqual({ world: null })
  const made = await prepared({}, inside(people.lead))
  const id = made.ok ? made.value.broadcastId : 0
  await confirmBroadcast(inside(people.director), { broadcastId: id, version: 1 }, T0)
  const world = machine('drill', Number(exercise?.id))
  await advanceBroadcasts(world, later(1))
  await goOn(inside(people.director), { broadcastId: id, version: 2 }, later(2))
  for (let at = 3; at < 7; at += 1) await advanceBroadcasts(world, later(at))
  const found = await readBroadcast(inside(people.lead), id, later(9))
  expect(found?.one.state).toBe('done')
  expect(found?.one.text).toMatch(/^EXERCICE EXERCICE EXERCICE\n[\s\S]*EXERCICE EXERCICE EXERCICE$/)
  const rows =
    await owner`select state, due_at as due, count(*)::int as n from outbox where exercise_id = ${exercise?.id} and kind = 'instruction_sent' group by 1, 2`
  expect(rows).toEqual([{ state: 'cancelled', due: null, n: 230 }])
  expect(await readBroadcast(people.lead, id, T0)).toBeNull()
})
