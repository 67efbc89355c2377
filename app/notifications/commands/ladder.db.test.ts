import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { react } from '#app/_jobs/reactions.ts'
import { readStrip } from '#app/crisis/_strip/query.ts'
import { advanceCrisis } from '#app/crisis/commands/advance.ts'
import { clockValues } from '#app/crisis/rules/thresholds.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { fourCentres } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { voiceGateway } from '#scripts/testing/voice-gateway.ts'
import { readMessageToAnswer } from '../queries.ts'
import { VOICE_AFTER_S } from '../rules/ringing.ts'
import { readAnswerCode } from '../seal.ts'
import { takeVoice, voiceTold } from './call-back.ts'
import { sendDue } from './send.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
vi.stubEnv('VOICE_GATEWAY_SECRET', 'between the two of us')

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const clock = machine('outbox')
const { ladderStepMin } = clockValues()
const NUMBERS = new Map([
  ['+33639980101', 'director'],
  ['+33639980102', 'lead'],
  ['+33639980103', 'admin'],
])
const gateway = await voiceGateway('between the two of us')
await owner`insert into setting (key, value) values ('channel.voice', ${owner.json({ url: gateway.url })})`

let T0 = new Date('2026-11-23T02:00:00Z')
let now = 0
const at = (seconds: number) => new Date(T0.getTime() + seconds * 1000)

beforeEach(async () => {
  for (const [number, role] of NUMBERS)
    await owner`insert into contact_way (account_id, kind, value, verified_at)
      values (${people[role as 'lead'].accountId}, 'mobile', ${number}, ${T0}) on conflict do nothing`
  await owner`insert into roster_shift (account_id, role, rank, from_at, to_at)
    values (${people.director.accountId}, 'director', 1, ${at(-3600)}, ${at(86_400)})`
  gateway.calls.length = 0
  await fourCentres(people, T0)
  // Proposed in the seventh minute: asked of nobody but the ladder from here.
  now = 420
})
afterEach(async () => {
  await owner`update crisis set ended_at = ${at(20_000)} where ended_at is null`
  await owner`update outbox set state = 'cancelled', due_at = null where due_at is not null`
  await owner`update proposal set state = 'lapsed' where state = 'open'`
  T0 = new Date(T0.getTime() + 3 * 86_400_000)
})

let reacted = 0
/** Every second of the worker, by a watch of its own, for so long. */
async function live(seconds: number): Promise<void> {
  for (const end = now + seconds; now < end; now += 5) {
    await advanceCrisis(machine('clock'), at(now))
    const lines = await owner<{ id: number }[]>`select id::int from journal where id > ${reacted}
      and event in ('crisis.called', 'crisis.answered', 'crisis.cannot') order by id`
    reacted = lines.at(-1)?.id ?? reacted
    await react(
      machine('reactions'),
      lines.map((line) => line.id),
      at(now),
    )
    await sendDue(clock, at(now))
  }
}
const rung = () => gateway.calls.map((call) => NUMBERS.get(call.number))
const tells = (call: { callBack: string } | undefined, told: object) =>
  takeVoice(
    machine('gateway'),
    readAnswerCode(call?.callBack.split('/').at(-1) ?? '') ?? 0,
    voiceTold.parse(told),
    at(now),
  )

describe('the ladder by telephone', () => {
  it('rings after a minute, again each minute, the next person after the silence of the rule, and the first keeps ringing', async () => {
    gateway.becomes = 'no_answer'
    gateway.tell = (call, told) => tells(call, told)
    await live(VOICE_AFTER_S)
    expect(rung()).toEqual([])
    await live(10)
    expect(rung()).toEqual(['director'])
    await live(ladderStepMin * 60)
    const first = rung()
    expect(first.filter((one) => one === 'director').length).toBeGreaterThanOrEqual(ladderStepMin)
    await live(ladderStepMin * 60 * 2)
    expect([...new Set(rung())]).toEqual(['director', 'lead', 'admin'])
    expect(rung().slice(first.length)).toContain('director')
    // All that is said aloud.
    expect(gateway.calls[0]).toMatchObject({
      language: 'fr',
      sentence: 'Permanence. Cellule de crise proposée. Niveau 4. Appels au 15.',
    })
    const { run } = await readStrip(people.agent, at(now))
    expect(run?.calling.map((one) => one.name)).toEqual([
      people.director.name,
      people.lead.name,
      people.admin.name,
    ])
    expect(run?.calling[0]?.ways).toMatchObject([{ channel: 'voice' }])
  })

  it('proposed at three in the morning, two of three asleep: the third says yes within the thirty minutes', async () => {
    gateway.becomes = 'no_answer'
    gateway.tell = async (call, told) => {
      // The third hears it and presses 1; the others sleep.
      if (NUMBERS.get(gateway.calls.at(-1)?.number ?? '') === 'admin')
        return tells(call, { event: 'key', key: '1' })
      return tells(call, told)
    }
    const yes = async () =>
      (
        await owner`select account_id::int as who from call_out where answered_at is not null and at >= ${T0}`
      )[0]
    const { clockMin } = clockValues()
    while (!(await yes()) && now < clockMin * 60) await live(5)
    console.log(
      `two asleep of three at 3 a.m.: ${((now - 420) / 60).toFixed(1)} minutes from the proposal to a human yes, ${(now / 60).toFixed(1)} from the first report`,
    )
    expect(await yes()).toEqual({ who: people.admin.accountId })
    expect([...new Set(rung())]).toEqual(['director', 'lead', 'admin'])
  })

  it('a voicemail that picks up is no answer: it is dialled again; key 1 stops all of it', async () => {
    gateway.becomes = 'no_key'
    gateway.tell = (call, told) => tells(call, told)
    await live(VOICE_AFTER_S + 30)
    expect(rung().length).toBeGreaterThan(2)
    const [call] = gateway.calls.slice(-1)
    expect(await tells(call, { event: 'key', key: '5' })).toEqual({ say: null, hangUp: false })
    expect(await tells(call, { event: 'key', key: '1' })).toEqual({ say: 'noted', hangUp: true })
    const before = rung().length
    await live(ladderStepMin * 60 * 2)
    expect(rung().length).toBe(before)
    const [row] =
      await owner`select answered_at from call_out where answered_at is not null order by id desc limit 1`
    expect(row?.answered_at).toBeInstanceOf(Date)
    const [message] =
      await owner`select state, acknowledged_by as by from outbox where channel = 'voice' and acknowledged_at is not null order by id desc limit 1`
    expect(message).toEqual({ state: 'acknowledged', by: 'key' })
  })

  it('key 2 calls the next at once, and him no more', async () => {
    gateway.becomes = 'rings'
    gateway.tell = (call, told) => tells(call, told)
    await live(VOICE_AFTER_S + 10)
    expect(await tells(gateway.calls[0], { event: 'key', key: '2' })).toEqual({
      say: 'passed_on',
      hangUp: true,
    })
    const id = readAnswerCode(gateway.calls[0]?.callBack.split('/').at(-1) ?? '') ?? 0
    const answered = { answered: true, acknowledgedAt: null, passedOn: true }
    expect(await readMessageToAnswer(machine('link'), id)).toEqual(answered)
    await live(VOICE_AFTER_S + 10)
    expect(rung()).toEqual(['director', 'lead'])
    await live(ladderStepMin * 60)
    expect(rung().filter((one) => one === 'director')).toHaveLength(1)
  })

  it.each([
    ['1', 'acknowledged', null, 'noted', 'answered_at'],
    ['2', 'cancelled', 'cannot', 'passed_on', 'cannot_at'],
  ])(
    'key %s pressed again does what died after it was first written down',
    async (key, state, lastError, say, column) => {
      gateway.becomes = 'rings'
      gateway.tell = (call, told) => tells(call, told)
      await live(VOICE_AFTER_S + 10)
      const [call] = gateway.calls
      const id = readAnswerCode(call?.callBack.split('/').at(-1) ?? '') ?? 0
      const at_ = state === 'acknowledged' ? at(now) : null
      await owner`update outbox set state = ${state}, last_error = ${lastError}, acknowledged_at = ${at_}, due_at = null where id = ${id}`
      expect(await tells(call, { event: 'key', key })).toEqual({ say, hangUp: true })
      const followed =
        await owner`select o.answered_at, o.cannot_at from call_out o join outbox m on (m.data->>'callId')::int = o.id where m.id = ${id}`
      expect(followed[0]?.[column]).toBeInstanceOf(Date)
    },
  )

  it('key 2 of a call that is no ladder’s was not offered: it says nothing, and what was to reach him goes on', async () => {
    const [call] = await owner<{ id: number }[]>`insert into outbox
        (to_type, to_id, account_id, channel, kind, data, dedupe_key, pressing, state, due_at, sent_at, created_at)
      select 'account', id, id, channel, 'proposal_made', '{}', ${`no ladder ${T0}`}, true, state, ${T0}, ${T0}, ${T0}
      from account, (values ('voice', 'sent'), ('sms', 'queued')) ways (channel, state)
      where id = ${people.director.accountId} returning id::int`
    const states = () =>
      owner`select channel, state from outbox where dedupe_key = ${`no ladder ${T0}`} order by id`.then(
        (all) => [...all],
      )
    const before = await states()
    const presses = (key: string) =>
      takeVoice(machine('gateway'), call?.id ?? 0, voiceTold.parse({ event: 'key', key }), at(now))
    expect(await presses('2')).toEqual({ say: null, hangUp: false })
    expect(await states()).toEqual(before)
    expect(await presses('1')).toEqual({ say: 'noted', hangUp: true })
    expect(await states()).toMatchObject([{ state: 'acknowledged' }, { state: 'cancelled' }])
  })

  it('a call that waits for no answer is told nothing was noted', async () => {
    gateway.becomes = 'rings'
    gateway.tell = (call, told) => tells(call, told)
    await live(VOICE_AFTER_S + 10)
    const [call] = gateway.calls
    await owner`update outbox set state = 'cancelled', due_at = null where state = 'sent'`
    for (const key of ['1', '2'])
      expect(await tells(call, { event: 'key', key })).toEqual({ say: null, hangUp: true })
  })

  it('asked late, the whole ladder is called though silence has activated', async () => {
    gateway.becomes = 'rings'
    now = 3_600 * 2
    await live(60)
    await live(ladderStepMin * 60 * 4)
    const called = await owner<
      { name: string }[]
    >`select distinct name from call_out where crisis_id = (select max(id) from crisis)`
    expect(called.map((row) => row.name).sort()).toEqual(
      [people.director.name, people.lead.name, people.admin.name].sort(),
    )
    const [run] = await owner`select activated_by from crisis order by id desc limit 1`
    expect(run).toEqual({ activated_by: 'silence' })
  })
})
