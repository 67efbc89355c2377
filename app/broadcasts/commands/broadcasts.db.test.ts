import { afterEach, describe, expect, it, vi } from 'vitest'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import type { EventName } from '#app/_journal/events.ts'
import { closeLinks, listen } from '#app/notifications/channels/links.ts'
import { channelsIn } from '#app/notifications/channels/registry.ts'
import { takeHeard } from '#app/notifications/commands/heard.ts'
import { claimDue, sendDue, sendWhileDue } from '#app/notifications/commands/send.ts'
import { destinationOf } from '#app/notifications/commands/ways.ts'
import { LEASE_S } from '#app/notifications/rules/delivery.ts'
import { freePort } from '#db/embedded.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { bringing, isThere } from '#scripts/testing/parts.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { Smsc } from '#scripts/testing/smsc.ts'
import { prepareInput } from '../input.ts'
import { readBroadcast } from '../queries.ts'
import { DELIVERED_WITHIN_S } from '../rules/safety.ts'
import { OPENED_MS } from '../rules/second-person.ts'
import { advanceBroadcasts } from './advance.ts'
import { savePilots } from './pilots.ts'
import { prepareBroadcast } from './prepare.ts'
import { confirmBroadcast, goOn, logDeadCall, stopBroadcast } from './run.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
vi.stubEnv('NEXTAUTH_URL', 'https://permanence.example')

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-11-23T17:00:00Z')
const later = (seconds: number) => new Date(T0.getTime() + seconds * 1000)
const clock = machine('broadcasts')
const sender = machine('outbox')

const NETWORKS = ['Mobile Témoin', 'Réseau Modèle', 'Télécom Exemple']
const two = (n: number) => String(n).padStart(2, '0')
const pilots = NETWORKS.flatMap((network, at) =>
  Array.from({ length: 10 }, (_, n) => `06 39 98 9${at} ${two(n)} ; ${network} ; Porteur ${n}`),
).join('\n')
/** Numbers for fiction (Arcep): 06 39 98 and four figures; one in twenty ends with what the centre never delivers to. */
const list = (n: number, from = 0) =>
  Array.from({ length: n }, (_, at) => `06399 8${String(from + at).padStart(4, '0')}`.replace(' ', '')).join(
    '\n',
  )
const DEAD = '(00|20|40|60|80)$'

const slots = {
  ...{ who: 'Réseau Modèle', fails: 'le 15 ne répond pas', where: 'dans le Nord' },
  ...{ todo: 'Composez le 112', until: 'Prochain point à 19 h' },
}
let failing = 100
async function inForce(exerciseId: number | null = null): Promise<number> {
  failing += 1
  const [row] =
    await owner`insert into instruction (exercise_id, number, state, failing, callers, territory_code, slots, all_clear, ends_at,
      drafted_at, drafted_by_name, in_force_at) values (${exerciseId}, ${failing}, 'in_force', ${String(failing)}, 'any', '59',
      ${owner.json(slots)}, 'x', ${later(86_400)}, ${T0}, 'x', ${T0}) returning id::int`
  return Number(row?.id)
}
async function prepared(over: object = {}, actor: AccountActor = people.lead) {
  const instructionId = await inForce(actor.exerciseId)
  const input = prepareInput.parse({
    instructionId,
    list: list(200),
    consented: true,
    purpose: 'Maires du Nord',
    ...over,
  })
  return prepareBroadcast(actor, input, T0)
}
async function started(over: object = {}): Promise<number> {
  await savePilots(people.lead, { list: pilots }, T0)
  const made = await prepared(over)
  if (!made.ok) throw new Error(JSON.stringify(made))
  const id = made.value.broadcastId
  const confirmed = await confirmBroadcast(people.director, { broadcastId: id, version: 1 }, T0)
  if (!confirmed.ok) throw new Error(JSON.stringify(confirmed))
  return id
}
const read = async (id: number, now = T0) => {
  const found = await readBroadcast(people.lead, id, now)
  if (!found) throw new Error('no mass message')
  return found
}

const centres: Smsc[] = []
async function centre(how: ConstructorParameters<typeof Smsc>[1] = {}): Promise<Smsc> {
  const made = await new Smsc(await freePort(), how).start()
  centres.push(made)
  const settings = {
    sender: '38000',
    smpp: { host: '127.0.0.1', port: made.port, systemId: 'permanence', window: 50 },
  }
  await owner`insert into setting (key, value) values ('channel.sms', ${owner.json(settings)})
    on conflict (key) do update set value = excluded.value`
  return made
}
afterEach(async () => {
  await closeLinks()
  await Promise.all(centres.splice(0).map((one) => one.kill()))
  // What one of them could not reach is no dead number of the next.
  await owner`delete from outbox where to_type = 'telephone'`
  await owner`update broadcast set state = 'done' where state = 'running'`
})
/** Until each telephone that was written to is told of. */
async function settled(id: number, wave: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const one = (await read(id)).progress.find((row) => row.wave === wave)
      expect(one && one.delivered + one.failed).toBe(one?.size)
    },
    { timeout: 240_000, interval: 100 },
  )
}
/** The clock of the broadcasts, then that of the outbox. */
async function turn(now: Date): Promise<void> {
  await advanceBroadcasts(clock, now)
  await sendWhileDue(sender, () => now, await asActor(sender, channelsIn), ['sms'])
}

/** A minute and a half: LONG_BROADCAST=1 sends them. */
const MANY = 5_000

const MISSING = isThere('smsc') ? null : `left out: ${bringing('smsc')}`

// Left out where Debian's message centre is not installed; npm test says so and what brings it.
describe.skipIf(MISSING)(`to many, against a message centre by Net::SMPP ${MISSING ?? ''}`, () => {
  // A minute and a half of the suite's twenty-five: LONG_BROADCAST=1 plays it.
  it.skipIf(!process.env.LONG_BROADCAST)(
    'five thousand of which one in twenty is dead: pilots, a person, one, ten, all; each once; the dead are to be called',
    async () => {
      const smsc = await centre({ dead: DEAD })
      listen((heard) => takeHeard(sender, heard, later(5)))
      const id = await started({ list: list(MANY) })
      await turn(later(1))
      await settled(id, 'pilot')
      await turn(later(2))
      expect((await read(id)).one, 'the pilot waits for a person').toMatchObject({
        state: 'running',
        wave: 'pilot',
      })
      expect(smsc.submits).toHaveLength(30)
      await goOn(people.director, { broadcastId: id, version: (await read(id)).one.version }, later(3))
      for (const [wave, next] of [
        ['one', 'ten'],
        ['ten', 'all'],
        ['all', 'all'],
      ] as const) {
        expect((await read(id)).one.wave).toBe(wave)
        await turn(later(4))
        await settled(id, wave)
        await advanceBroadcasts(clock, later(5))
        expect((await read(id)).one.wave).toBe(next)
      }
      const { one, progress, calls } = await read(id)
      expect(one.state).toBe('done')
      const sum = (of: 'size' | 'delivered' | 'failed') => progress.reduce((all, wave) => all + wave[of], 0)
      const dead = MANY / 20 + 3
      expect([sum('size'), sum('delivered'), sum('failed')]).toEqual([MANY + 30, MANY + 30 - dead, dead])
      expect(new Set(smsc.submits.map(({ to }) => to)).size).toBe(MANY + 30)
      expect(smsc.submits).toHaveLength(MANY + 30)
      expect(calls.length).toBeGreaterThan(MANY / 25)
      expect(calls[0]).toMatchObject({ why: 'lost on the way', calledAt: null })
      await logDeadCall(people.agent, { recipientId: calls[0]?.id ?? 0, result: 'Jointe au fixe' }, later(9))
      const called =
        await owner`select call_result as said from broadcast_recipient where id = ${calls[0]?.id ?? 0}`
      expect(called).toMatchObject([{ said: 'Jointe au fixe' }])

      // The next list knows the dead.
      const again = await prepared({ list: list(100) })
      expect((await read(again.ok ? again.value.broadcastId : 0)).one.leftOut).toEqual({ dead: 5 })
    },
    300_000,
  )

  it('a network that delivers nothing is stopped at the pilots, and one that says nothing within the minute too', async () => {
    await centre({ stat: 'UNDELIV' })
    listen((heard) => takeHeard(sender, heard, later(5)))
    const failing = await started()
    await turn(later(1))
    await settled(failing, 'pilot')
    await advanceBroadcasts(clock, later(2))
    expect((await read(failing)).one).toMatchObject({
      state: 'stopped',
      stopReason: 'broadcasts.stopped.failed',
    })

    await closeLinks()
    const smsc = await centre({ receiptMs: -1 })
    const silent = await started()
    await turn(later(1))
    await smsc.until(() => smsc.submits.length === 30)
    await advanceBroadcasts(clock, later(1 + DELIVERED_WITHIN_S - 1))
    expect((await read(silent)).one.state).toBe('running')
    await advanceBroadcasts(clock, later(2 + DELIVERED_WITHIN_S))
    expect((await read(silent)).one).toMatchObject({
      state: 'stopped',
      stopReason: 'broadcasts.stopped.undelivered',
    })
    await turn(later(100))
    expect(smsc.submits).toHaveLength(30)
  }, 60_000)

  it('a worker killed in the middle of a wave: another goes on, nobody twice, and who may not have it is called', async () => {
    const smsc = await centre()
    listen((heard) => takeHeard(sender, heard, later(5)))
    const id = await started()
    await owner`update broadcast set wave = 'all' where id = ${id}`
    await advanceBroadcasts(clock, later(1))
    const sms = (await asActor(sender, channelsIn)).find((one) => one.name === 'sms')
    if (sms?.where !== 'outside') throw new Error('no SMS')
    const claimed = await claimDue(sender, later(1), [sms])
    expect(claimed).toHaveLength(50)
    // It has given ten of them to the network, and dies before it has written down a single one.
    for (const row of claimed.slice(0, 10)) {
      const to = await asActor(sender, (tx) => destinationOf(tx, row.toType, row.toId))
      if (to)
        await sms.send(
          { ...row, key: 'k', locale: 'fr', role: null, sentAt: T0 },
          to,
          AbortSignal.timeout(9_000),
        )
    }
    await turn(later(2))
    await turn(later(2 + LEASE_S))
    await smsc.until(() => smsc.submits.length === 140)
    await vi.waitFor(async () =>
      expect((await read(id)).progress.find((row) => row.wave === 'all')).toMatchObject({
        delivered: 130,
        unknown: 50,
      }),
    )
    expect(new Set(smsc.submits.map(({ to }) => to)).size).toBe(140)
    const { calls } = await read(id)
    expect(calls).toHaveLength(50)
    expect(calls.every((row) => row.why === 'unknown')).toBe(true)
    await advanceBroadcasts(clock, later(3 + LEASE_S))
    expect((await read(id)).one.state).toBe('done')
  }, 60_000)

  it('stop: what waits for a network that is too slow is called back, and nothing leaves afterwards', async () => {
    const smsc = await centre({ throttle: 1 })
    const id = await started()
    await advanceBroadcasts(clock, later(1))
    const sending = sendDue(sender, later(1), undefined, ['sms'])
    await smsc.until(() => smsc.events.some((one) => one.event === 'throttled'))
    await stopBroadcast(people.agent, { broadcastId: id, reason: 'Texte faux' }, later(2))
    await sending
    await turn(later(10))
    const states = await owner`select distinct state from outbox where dedupe_key = ${`broadcast:${id}`}`
    expect(states).toEqual([{ state: 'cancelled' }])
    expect(smsc.submits).toHaveLength(0)
    expect((await read(id)).one).toMatchObject({ state: 'stopped', stopReason: 'Texte faux' })
  }, 60_000)
})

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

it('in an exercise every word is marked, the waves are played, and nobody is written to', async () => {
  await savePilots(people.lead, { list: pilots }, T0)
  const [exercise] =
    await owner`insert into exercise (drill_id, title, state, started_at) values ('x', 'x', 'running', ${T0}) returning id::int`
  const inside = (actor: AccountActor) => ({ ...actor, exerciseId: Number(exercise?.id) })
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
