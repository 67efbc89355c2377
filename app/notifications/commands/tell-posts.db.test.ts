import { afterEach, describe, expect, test, vi } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { react } from '#app/_jobs/reactions.ts'
import { acknowledgeNotice, askForCalls, RUNG_FOR_MIN } from '#app/crisis/commands/notice-answers.ts'
import { clockValues } from '#app/crisis/rules/thresholds.ts'
import { subscribe, subscribeInput } from '#app/sitreps/commands/subscribe.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { fakeChannel } from '../channels/fake.fixture.ts'
import { RINGS_OF_OTHERS } from '../rules/ringing.ts'
import { acknowledgeMessage } from './answer.ts'
import { endCall } from './ringing.ts'
import { sendDue } from './send.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')

const { owner, app } = await createTestDatabase()
const people = await makePeople(owner)
const { pref59, pref37 } = people.organisations
const clock = machine('notices')
const NOTICE_ACK_MIN = clockValues().noticeAckMin
const T0 = new Date('2026-11-23T02:00:00Z')
const minute = (n: number) => new Date(T0.getTime() + n * 60_000)

const set = (channel: string, value: object) =>
  owner`insert into setting (key, value) values (${`channel.${channel}`}, ${owner.json(value as never)}) on conflict (key) do nothing`
await set('mail', { host: '127.0.0.1', from: 'permanence@operateur.example', plain: true })
await set('sms', { http: { url: 'http://127.0.0.1:9/', body: '{to}{text}' } })
const [row] =
  await owner`insert into post (organisation_id, name) values (${pref59}, 'Astreinte SIDPC') returning id::int`
const postId: number = row?.id
await owner`insert into contact (organisation_id, post_id, name, phone, email, call_back, search) values
  (${pref59}, ${postId}, 'Camille Essai', '+33639980011', 'camille@pref59.example', false, ''),
  (${pref59}, null, 'Standard', '+33639980012', null, true, '')`
const [inc] = await owner`insert into incident (reference, state, level, opened_at, last_at)
  values ('INC-2026-000077-1', 'confirmed', 3, ${T0}, ${T0}) returning id::int`

let reports = 0
/** A report that is sent, and what follows from it. */
async function issued(to: number[] = [pref59]): Promise<number> {
  reports += 1
  const facts = { numbers: [{ number: '15' }], territories: [] }
  const [made] =
    await owner`insert into notice (kind, number, incident_id, state, as_of, next_at, body, issued_at)
    values ('situation_report', ${reports}, ${inc?.id}, 'issued', ${T0}, ${minute(60)}, ${owner.json({ incident: 'INC-2026-000077-1', text: 'x', facts })}, ${T0})
    returning id::int`
  for (const organisation of to)
    await owner`insert into notice_recipient (notice_id, organisation_id, told_at) values (${made?.id}, ${organisation}, ${T0})`
  await followed('notice.issued', { noticeId: made?.id, kind: 'situation_report', number: reports })
  return made?.id
}
async function followed(event: string, data: object): Promise<void> {
  const [line] =
    await owner`insert into journal (chain, event, visibility, at, actor_name, actor_side, data, seq, prev_hash, hash)
    values ('notice:0', ${event}, 'internal', ${T0}, 'x', 'machine', ${owner.json(data as never)}, 0, '', '') returning id::int`
  await react(machine('reactions'), [line?.id], T0)
}
const toPosts = async (noticeId: number) =>
  (
    await owner`select channel, to_type as type from outbox where to_type in ('post', 'contact') and data ->> 'noticeId' = ${String(noticeId)} order by channel`
  ).map(({ channel, type }) => `${type} ${channel}`)
const choose = (more: object, who = people.pref59) =>
  subscribe(who, subscribeInput.parse({ postId, fromLevel: 2, channels: ['mail', 'sms'], ...more }), T0)
afterEach(() => owner`delete from notice_subscription`)

describe('a report that is sent', () => {
  test('reaches a post that chose it, by each channel that it chose, and once', async () => {
    await choose({})
    const id = await issued()
    expect(await toPosts(id)).toEqual(['post mail', 'post sms'])
    const [line] =
      await owner`select id::int from journal where event = 'notice.issued' order by id desc limit 1`
    await react(machine('reactions'), [line?.id], T0)
    expect(await toPosts(id)).toHaveLength(2)
  })

  test.each<[string, object]>([
    ['chose a higher level', { fromLevel: 4 }],
    ['chose other numbers', { numbers: ['17'] }],
    ['chose other territories', { territories: ['37'] }],
    ['chose no channel', { channels: [] }],
  ])('does not reach one that %s', async (_, more) => {
    expect(await choose(more)).toMatchObject({ ok: true })
    expect(await toPosts(await issued())).toEqual([])
  })

  test('does not reach a post of an organisation that it is not addressed to', async () => {
    await choose({})
    expect(await toPosts(await issued([pref37]))).toEqual([])
  })

  test('the link that a post holds acknowledges for its organisation, in the name of the post', async () => {
    await choose({})
    const id = await issued()
    const [sent] =
      await owner`update outbox set state = 'sent', sent_at = ${T0} where data ->> 'noticeId' = ${String(id)} and channel = 'mail' and to_type = 'post' returning id::int`
    expect(await acknowledgeMessage(machine('link'), sent?.id, 'link', minute(2))).toBe('done')
    expect(
      await owner`select acknowledged_at, acknowledged_by_name as by from notice_recipient where notice_id = ${id}`,
    ).toEqual([{ acknowledged_at: minute(2), by: 'Astreinte SIDPC' }])
  })
})

describe('who may choose for a post', () => {
  test.each([
    ['another authority', people.pref37, 'crisis.refused.absent'],
    ['an agent of the cell', people.agent, 'crisis.refused.absent'],
  ] as const)('not %s', async (_, who, key) => {
    expect(await choose({}, who)).toMatchObject({ ok: false, reason: { key } })
    expect(await owner`select 1 from notice_subscription`).toEqual([])
  })

  test('an administrator may, and what does not exist is refused beside its field', async () => {
    expect(await choose({}, people.admin)).toMatchObject({ ok: true })
    expect(await choose({ numbers: ['99'] })).toMatchObject({
      fields: { numbers: { key: 'sitreps.invalid.choice' } },
    })
  })

  test('the policies say the same', async () => {
    await choose({})
    const seen = (account: number, organisation: number) =>
      app.begin(async (sql) => {
        await sql`select set_config('app.role', 'reporter', true), set_config('app.account', ${String(account)}, true), set_config('app.organisation', ${String(organisation)}, true)`
        return sql`update notice_subscription set by_name = by_name returning 1`
      })
    expect(await seen(people.pref59.accountId, pref59)).toHaveLength(1)
    expect(await seen(people.pref37.accountId, pref37)).toHaveLength(0)
  })
})

describe('ten minutes without an acknowledgement', () => {
  const state = async (id: number) =>
    (await owner`select rung_at, call_due_at from notice_recipient where notice_id = ${id}`)[0]
  const ring = async (id: number) => followed('notice.rung', { noticeId: id, organisationId: pref59 })

  test('where no telephone is set, somebody is asked to call at once', async () => {
    const id = await issued()
    await askForCalls(clock, minute(NOTICE_ACK_MIN))
    expect(await state(id)).toEqual({ rung_at: null, call_due_at: minute(NOTICE_ACK_MIN) })
  })

  test('where one is, it rings first, and somebody is asked to call when nobody has answered', async () => {
    await set('voice', { url: 'http://127.0.0.1:9/' })
    const id = await issued()
    await askForCalls(clock, minute(NOTICE_ACK_MIN - 1))
    expect(await state(id)).toEqual({ rung_at: null, call_due_at: null })
    for (const at of [NOTICE_ACK_MIN, NOTICE_ACK_MIN + RUNG_FOR_MIN - 1]) {
      await askForCalls(clock, minute(at))
      expect(await state(id)).toEqual({ rung_at: minute(NOTICE_ACK_MIN), call_due_at: null })
    }
    await askForCalls(clock, minute(NOTICE_ACK_MIN + RUNG_FOR_MIN))
    expect(await state(id)).toMatchObject({ call_due_at: minute(NOTICE_ACK_MIN + RUNG_FOR_MIN) })
  })

  test('the post that chose to be rung rings; without one, the number for calling back', async () => {
    await choose({ channels: ['voice'] })
    const chosen = await issued()
    expect(await toPosts(chosen)).toEqual([])
    await ring(chosen)
    expect(await toPosts(chosen)).toEqual(['post voice'])
    await owner`delete from notice_subscription`
    const standard = await issued()
    await ring(standard)
    expect(await toPosts(standard)).toEqual(['contact voice'])
  })

  test('whoever acknowledged meanwhile is not rung', async () => {
    const id = await issued()
    await owner`update notice_recipient set acknowledged_at = ${minute(3)} where notice_id = ${id}`
    await askForCalls(clock, minute(NOTICE_ACK_MIN))
    expect(await state(id)).toEqual({ rung_at: null, call_due_at: null })
  })

  describe('rung, it answers on the page', () => {
    const channels = [fakeChannel('sms').channel, fakeChannel('voice').channel]
    const outboxClock = machine('outbox')
    const second = (seconds: number) => new Date(T0.getTime() + seconds * 1000)
    const asked = {
      async notice() {
        const id = await issued()
        await ring(id)
        return () => acknowledgeNotice(people.pref59, { noticeId: id }, second(20))
      },
      async instruction() {
        const [made] =
          await owner`insert into instruction (number, state, failing, callers, territory_code, slots, all_clear, ends_at, drafted_at, drafted_by_name)
            values (${++reports}, 'draft', '15', 'any', '59', '{}', 'x', ${minute(600)}, ${T0}, 'x') returning id::int`
        await owner`insert into instruction_asked (instruction_id, text_version, organisation_id, part, asked_at, deadline_at)
          values (${made?.id}, 1, ${pref59}, 'authority', ${T0}, ${minute(60)})`
        await owner`insert into outbox (to_type, to_id, channel, kind, data, dedupe_key, pressing, state, due_at, created_at)
          select 'contact', id, 'voice', 'instruction_asked', ${owner.json({ instructionId: made?.id })}, 'asked', true, 'queued', ${T0}, ${T0}
          from contact where name = 'Standard'`
        return () =>
          owner`update instruction_asked set answer = 'agreed', answered_at = ${second(20)} where instruction_id = ${made?.id}`
      },
    }

    test.each([
      ['notice', 1],
      ['notice', RINGS_OF_OTHERS],
      ['instruction', 1],
    ] as const)(
      '%s, %i calls: it is not dialled again, nothing else tells it the same, and nobody is to call it',
      async (about, calls) => {
        await owner`update outbox set state = 'cancelled', due_at = null where due_at is not null`
        await set('voice', { url: 'http://127.0.0.1:9/' })
        const answer = await asked[about]()
        const rows = () =>
          owner`select id::int, channel, attempts::int from outbox where to_type = 'contact' and (state = 'sent' or due_at is not null) order by id`
        const [call] = await rows()
        expect(await sendDue(outboxClock, second(1), channels)).toBe(1)
        await owner`update outbox set attempts = ${calls} where id = ${call?.id}`
        await answer()
        const before = await owner`select id from journal where event = 'cell.unreached'`
        await endCall(outboxClock, call?.id, 'no_answer', null, second(25), channels)
        for (let at = 30; at < 300; at += 30) await sendDue(outboxClock, second(at), channels)
        expect(await rows()).toEqual([])
        const [last] =
          await owner`select max(id)::int as id, max(attempts)::int as attempts from outbox where id >= ${call?.id}`
        expect(last).toEqual({ id: call?.id, attempts: calls + (calls < RINGS_OF_OTHERS ? 1 : 0) })
        expect(await owner`select id from journal where event = 'cell.unreached'`).toEqual(before)
      },
    )
  })

  test('an exercise rings nobody: somebody plays the call', async () => {
    const [world] =
      await owner`insert into exercise (drill_id, title, state, started_at) values ('d', 'Exercice', 'running', ${T0}) returning id::int`
    const [made] = await owner`insert into notice (exercise_id, kind, number, state, as_of, body, issued_at)
      values (${world?.id}, 'situation_report', 1, 'issued', ${T0}, '{}', ${T0}) returning id::int`
    await owner`insert into notice_recipient (exercise_id, notice_id, organisation_id, told_at) values (${world?.id}, ${made?.id}, ${pref59}, ${T0})`
    await askForCalls(machine('notices', world?.id), minute(NOTICE_ACK_MIN))
    expect(await state(made?.id)).toEqual({ rung_at: null, call_due_at: minute(NOTICE_ACK_MIN) })
  })
})
