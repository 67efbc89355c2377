import { createServer } from 'node:http'
import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { timeOf } from '#app/_auth/lookup.ts'
import { readStrip } from '#app/crisis/_strip/query.ts'
import { MARKER } from '#app/exercises/rules/marker.ts'
import { acknowledgeMessage } from '#app/notifications/commands/answer.ts'
import { takeCallBack, takeVoice, voiceTold } from '#app/notifications/commands/call-back.ts'
import { acknowledgeFrom, hearing } from '#app/notifications/commands/heard.ts'
import { lanesEnded, sendInLanes } from '#app/notifications/commands/send.ts'
import { readMessageToAnswer } from '#app/notifications/queries.ts'
import { VOICE_AFTER_S } from '#app/notifications/rules/ringing.ts'
import { readAnswerCode } from '#app/notifications/seal.ts'
import { freePort } from '#db/embedded.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { voiceGateway } from '#scripts/testing/voice-gateway.ts'
import { invented } from '../rules/invented.fixture.ts'
import { keepPlaying } from './keep-playing.ts'
import { startExercise, stopExercise } from './run-exercise.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
vi.stubEnv('VOICE_GATEWAY_SECRET', 'between the two of us')
const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const { director, lead, samu59 } = people
const [ON_CALL, UNPROVED, REPORTER] = ['+33639980101', '+33639980102', '+33639980103']

const gateway = await voiceGateway('between the two of us')
const written: { to: string; text: string; id: string }[] = []
let named = 0
const sms = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    named += 1
    const id = `sms-${named}`
    written.push({ ...JSON.parse(body), id })
    response.end(JSON.stringify({ id }))
  })
})
const port = await freePort()
await new Promise<void>((resolve) => sms.listen(port, '127.0.0.1', resolve))
afterAll(() => {
  sms.close()
})
await owner`insert into setting (key, value) values ('channel.voice', ${owner.json({ url: gateway.url })}),
  ('channel.sms', ${owner.json({
    sender: '+33900000000',
    receiptS: 600,
    http: {
      url: `http://127.0.0.1:${port}/send`,
      body: '{"to":"{to}","text":"{text}"}',
      ...{ idAt: 'id', receiptIdAt: 'id', receiptStateAt: 'state' },
    },
  })})`

/** Played years after its own day: on call is who is so today. */
let wall = Date.parse('2026-11-23T02:00:00Z')
const now = () => new Date(wall)
for (const [who, number, verified] of [
  [director, ON_CALL, true],
  [director, UNPROVED, false],
  [samu59, REPORTER, true],
] as const)
  await owner`insert into contact_way (account_id, kind, value, verified_at)
    values (${who.accountId}, 'mobile', ${number}, ${verified ? now() : null})`
await owner`insert into roster_shift (account_id, role, rank, from_at, to_at)
  values (${director.accountId}, 'director', 1, ${now()}, ${new Date(wall + 7 * 86_400_000)})`

const FILE = invented(
  'four-centres',
  'FR',
  '2021-06-02T03:00:00+02:00',
  ['59', '37', '69', '13'].map((code, at) => ({
    ...{ at, kind: 'samu', org: `SAMU ${code}`, code, numbers: ['15'], symptom: 'INBOUND_DROP' },
    text: 'Les appels tombent.',
  })),
)

async function started(rings?: boolean): Promise<number> {
  const input = { file: FILE, fileName: 'f.json', crew: 'none', speed: 1, rings } as const
  const made = await startExercise(lead, input, now())
  if (!made.ok) throw new Error(made.reason.key)
  return made.value.id
}

/** Turns of the worker, by a watch of its own: the player and the outbox. */
async function live(seconds: number): Promise<void> {
  for (const end = wall + seconds * 1000; wall < end; ) {
    wall += 5_000
    await keepPlaying(now)
    await sendInLanes(machine('outbox'), now)
    await lanesEnded()
  }
}
const untilCalled = async (world: number) => {
  const called = () => owner`select from call_out where exercise_id = ${world}`
  for (let turn = 0; turn < 300 && (await called()).length === 0; turn += 1) await live(5)
  expect(await called()).not.toEqual([])
}
const answers = (world: number | null) => owner<{ by: string | null; channel: string; state: string }[]>`
  select channel, state, acknowledged_by as by from outbox where exercise_id is not distinct from ${world}
    and channel <> 'inbox' and account_id = ${director.accountId} and kind = 'crisis_called' order by id`
const answered = (world: number) =>
  owner<
    { who: number }[]
  >`select account_id::int as who from call_out where exercise_id = ${world} and answered_at is not null`
const real = async () => {
  const [found] = await owner`select
    (select jsonb_agg(to_jsonb(o) order by o.id) from outbox o where exercise_id is null) as outbox,
    (select jsonb_agg(to_jsonb(i) order by i.id) from inbox_message i where exercise_id is null) as inbox,
    (select jsonb_agg(to_jsonb(c) order by c.id) from call_out c where exercise_id is null) as calls,
    (select jsonb_agg(to_jsonb(p)) from channel_proof p) as proofs,
    (select jsonb_agg(j.id order by j.id) from journal j where exercise_id is null and chain <> 'exercises') as lines,
    (select jsonb_agg(to_jsonb(w) order by w.id) from contact_way w) as ways`
  return found
}

beforeEach(async () => {
  await owner`update exercise set state = 'stopped' where state in ('running', 'set_aside')`
  await owner`delete from outbox where exercise_id is null`
  // A real one waits for his answer on the same telephone, and was told before the exercise.
  await owner`insert into outbox (to_type, to_id, account_id, channel, kind, data, dedupe_key, pressing, state, sent_at, created_at)
    select 'way', id, account_id, 'sms', 'proposal_made', '{}', 'real', true, 'sent', ${now()}, ${now()} from contact_way where value = ${ON_CALL}`
  gateway.calls.length = 0
  written.length = 0
})

it('rings nobody and writes to nobody unless it says so', async () => {
  const world = await started()
  await untilCalled(world)
  await live(VOICE_AFTER_S + 30)
  expect([gateway.calls, written]).toEqual([[], []])
  expect(await owner`select from outbox where exercise_id = ${world} and channel <> 'inbox'`).toEqual([])
  const [said] =
    await owner`select data from journal where event = 'exercise.started' and (data->>'exerciseId')::int = ${world}`
  expect(said?.data).toMatchObject({ rings: false })
})

it('rings who is on call today when it says so, every word marked at both ends, and key 1 answers in its world alone', async () => {
  const before = await real()
  const world = await started(true)
  // Whatever might write such rows, no telephone of the public and nobody of the directory is reached.
  for (const type of ['telephone', 'contact', 'post'])
    await owner`insert into outbox (exercise_id, to_type, to_id, channel, kind, data, dedupe_key, pressing, state, due_at, created_at)
      values (${world}, ${type}, 1, 'sms', 'notice_issued', '{}', 'strayed', true, 'queued', '2021-01-01', '2021-01-01')`
  await untilCalled(world)
  await live(VOICE_AFTER_S + 10)
  expect(await owner`select distinct state from outbox where dedupe_key = 'strayed'`).toEqual([
    { state: 'queued' },
  ])
  expect(new Set(written.map(({ to }) => to))).toEqual(new Set([ON_CALL]))
  for (const { text } of written) {
    expect(text.startsWith(MARKER)).toBe(true)
    expect(text.endsWith(MARKER)).toBe(true)
  }
  // The band of its room looks at the same roster as its ladder.
  const at = await timeOf({ ...lead, exerciseId: world }, now())
  const { run, holes } = await readStrip({ ...lead, exerciseId: world }, at)
  expect(run?.calling.map(({ name }) => name)).toEqual([director.name])
  // With one proved way he is on it, and not surely reached.
  expect(holes.find(({ role }) => role === 'director')?.because).toMatchObject([{ name: director.name }])
  const [call] = gateway.calls as unknown as [
    { number: string; sentence: string; keys: string; callBack: string },
  ]
  expect(call.number).toBe(ON_CALL)
  expect(call.sentence).toMatch(new RegExp(`^${MARKER}\\..*Niveau 4`))
  expect(call.keys.replace(/\.$/, '').endsWith(MARKER)).toBe(true)
  // Nobody but the cell, whoever else it concerns.
  expect(
    await owner`select distinct a.role from outbox o left join account a on a.id = o.account_id
      where o.exercise_id = ${world} and o.channel <> 'inbox' and o.dedupe_key <> 'strayed' and coalesce(a.role, '') not in ('agent', 'lead', 'director', 'admin')`,
  ).toEqual([])
  const id = readAnswerCode(call.callBack.split('/').at(-1) ?? '') ?? 0
  expect(await takeVoice(machine('gateway'), id, voiceTold.parse({ event: 'key', key: '1' }), now())).toEqual(
    {
      ...{ say: 'noted', hangUp: true },
    },
  )
  expect(await answered(world)).toEqual([{ who: director.accountId }])
  expect(await answers(world)).toContainEqual({ channel: 'voice', state: 'acknowledged', by: 'key' })
  // The hour is the exercise's own.
  const [line] =
    await owner`select at from journal where event = 'crisis.answered' and exercise_id = ${world}`
  expect(line?.at.getUTCFullYear()).toBe(2021)
  const rung = gateway.calls.length
  await live(180)
  expect(gateway.calls).toHaveLength(rung)
  expect(await real()).toEqual(before)
})

it('is answered by its link in its own world, and by nothing once it is over', async () => {
  const before = await real()
  const world = await started(true)
  await untilCalled(world)
  await live(5)
  const [message] = await owner<
    { id: number }[]
  >`select id::int from outbox where exercise_id = ${world} and channel = 'sms' and kind = 'crisis_called'`
  const { id } = message as { id: number }
  expect(await readMessageToAnswer(machine('link'), id)).toMatchObject({ exerciseId: world })
  expect(await acknowledgeMessage(machine('link'), id, 'link', now())).toBe('done')
  expect(await acknowledgeMessage(machine('link'), id, 'link', now())).toBe('already')
  expect(await answered(world)).toEqual([{ who: director.accountId }])
  await stopExercise(lead, { id: world }, now())
  expect(await acknowledgeMessage(machine('link'), id, 'link', now())).toBe('unknown')
  expect(await real()).toEqual(before)
})

it('an answer by SMS, its receipt and other words are said in the world of the last that was told', async () => {
  const before = await real()
  const world = await started(true)
  await untilCalled(world)
  await live(5)
  await takeCallBack(machine('gateway'), 'sms', { id: written.at(-1)?.id, state: 'delivered' }, now())
  expect(
    await owner`select from outbox where exercise_id = ${world} and state = 'delivered' and channel = 'sms'`,
  ).toHaveLength(1)
  const words = { kind: 'words', route: '1', from: ON_CALL.slice(1), words: 'je cherche mes clés' } as const
  await hearing(machine('outbox'), now)(words)
  expect(await acknowledgeFrom(machine('outbox'), ON_CALL, now())).toBeGreaterThan(0)
  expect(await answered(world)).toEqual([{ who: director.accountId }])
  expect(
    await owner`select from journal where exercise_id = ${world} and event like '%.sms_received' and text = ${words.words}`,
  ).toHaveLength(1)
  expect(await real()).toEqual(before)
  // Nothing of the exercise waits any more: the next "OK" is to what is real.
  await owner`update outbox set state = 'cancelled' where exercise_id = ${world} and acknowledged_at is null`
  expect(await acknowledgeFrom(machine('outbox'), ON_CALL, now())).toBe(1)
})

it('goes at the speed of a real night, and a real report keeps its telephones still', async () => {
  const input = { file: FILE, fileName: 'f.json', crew: 'none', rings: true } as const
  expect(await startExercise(lead, { ...input, speed: 60 }, now())).toMatchObject({
    reason: { key: 'drills.refused.rings_at_speed' },
  })
  const world = await started(true)
  await untilCalled(world)
  await owner`update exercise set state = 'set_aside' where id = ${world}`
  const sent = written.length
  await live(VOICE_AFTER_S + 30)
  expect([gateway.calls.length, written.length]).toEqual([0, sent])
})
