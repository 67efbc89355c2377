import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { deviceOfToken, holderOfToken } from '#app/_auth/lookup.ts'
import { hashToken } from '#app/_auth/token.ts'
import { react } from '#app/_jobs/reactions.ts'
import { makeToken, revokeToken } from '#app/admin/commands/tokens.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { logCallBack } from './commands/call-back.ts'
import { endLostCalls, hearCall } from './commands/hear.ts'
import { linkCall } from './commands/link.ts'
import { nameTelephone } from './commands/telephone.ts'
import { ctiInput } from './input.ts'
import { countToCallBack, readCalls, readPop } from './queries.ts'
import { CALL_BACK_WITHIN_S, RINGS_AT_MOST_S } from './rules/call.ts'

const database = await createTestDatabase()
const { owner } = database
const people = await makePeople(owner)
const T = Date.parse('2026-11-26T02:00:00Z')
const at = (s: number) => new Date(T + s * 1_000)
const SWITCHBOARD = machine('telephony')

const key = await makeToken(
  people.admin,
  { accountId: people.admin.accountId, name: 'Standard', scopes: ['telephony'], days: 365 },
  at(0),
)
if (!key.ok) throw new Error('no key')
const device = (token: string) => deviceOfToken(hashToken(token), 'telephony', at(0))
const source = (await device(key.value.token)) as number

await owner`insert into contact (organisation_id, name, phone, search) values
  (${people.organisations.samu59}, 'Permanence CRRA', '+33199005900', 'x'),
  (${people.organisations.samu37}, 'Standard commun', '+33199003700', 'x'),
  (${people.organisations.pref37}, 'Standard commun', '+33199003700', 'x')`

let nth = 0
const call = (given: object = {}) => {
  nth += 1
  const said = { callId: `c${nth}`, from: '0199005900', to: '0199009999', direction: 'in', ...given }
  return (event: string, s: number, more: object = {}) =>
    hearCall(SWITCHBOARD, source, ctiInput.parse({ ...said, event, ...more }), at(s))
}
const reportOf = async (
  actor: typeof people.agent,
  territoryCode: string,
  when: Date,
  given: object = {},
) => {
  const said = {
    submissionId: randomUUID(),
    numbers: ['15'],
    symptom: 'NO_RING',
    territoryCode,
    callbackPhone: '0199005900',
  }
  const made = await reportCase(actor, reportInput.parse({ ...said, ...given }), when)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.reference
}
const events = async () =>
  (await owner`select event from journal where chain = 'calls' order by seq`).map(({ event }) => event)
const toDo = async () => (await readCalls(people.agent, 'to_do')).calls

describe('the calls of the hotline', () => {
  it('a key of the switchboard tells calls and opens no ticket; a key of tickets tells none; revoked, neither', async () => {
    expect(await holderOfToken(hashToken(key.value.token), at(0))).toBeNull()
    const tickets = await makeToken(
      people.admin,
      { accountId: people.samu59.accountId, name: 'Automate', scopes: ['read'], days: 365 },
      at(0),
    )
    if (!tickets.ok) throw new Error('no key')
    expect(await device(tickets.value.token)).toBeNull()
    expect(await holderOfToken(hashToken(tickets.value.token), at(0))).not.toBeNull()
    const other = await makeToken(
      people.admin,
      { accountId: people.admin.accountId, name: 'Ancien', scopes: ['telephony'], days: 365 },
      at(0),
    )
    if (!other.ok) throw new Error('no key')
    await revokeToken(people.admin, { id: other.value.id }, at(1))
    expect(await device(other.value.token)).toBeNull()
  })

  it('is one row whatever comes first, twice or late, and each fact one line of the journal', async () => {
    const said = call({ from: '+33639980101' })
    await said('hangup', 12, { cause: 'normalClearing' })
    await said('answer', 13, { user: '201' })
    await said('newCall', 14)
    await Promise.all([said('newCall', 15), said('answer', 15, { user: '999' }), said('hangup', 15)])
    const rows =
      await owner`select state, telephone, call_back_at from phone_call where phone = '+33639980101'`
    expect(rows).toEqual([{ state: 'ended', telephone: '201', call_back_at: null }])
    // Missed, as far as was known at first; then it was not.
    expect(await events()).toEqual(['call.came', 'call.missed', 'call.ended'])
  })

  it('nobody answers: to be called back in five minutes, told to the room, one task for all tries of a number', async () => {
    const first = call()
    await first('newCall', 100)
    await first('hangup', 130, { cause: 'noAnswer' })
    const again = call()
    await again('newCall', 200)
    await again('hangup', 220, { cause: 'cancel' })
    const [task, none] = await toDo()
    expect(none).toBeUndefined()
    expect(task).toMatchObject({ tries: 2, phone: '+33199005900', state: 'missed' })
    expect(task?.callers).toMatchObject([{ organisation: 'SAMU 59 (essai)', contact: 'Permanence CRRA' }])
    expect(Date.parse(task?.callBackAt ?? '')).toBe(at(130 + CALL_BACK_WITHIN_S).getTime())
    expect(await countToCallBack(people.agent, at(430))).toEqual({ due: 1, late: 0 })
    expect(await countToCallBack(people.agent, at(431))).toEqual({ due: 1, late: 1 })

    const lines = await owner`select id::int from journal where event = 'call.missed' order by id`
    await react(
      SWITCHBOARD,
      lines.map(({ id }) => id as number),
      at(221),
      async () => {},
    )
    const told = await owner`select distinct a.role from outbox o join account a on a.id = o.account_id
      where o.kind = 'call_missed'`
    expect(told.map(({ role }) => role)).toEqual(expect.arrayContaining(['agent']))

    expect(await logCallBack(people.samu59, { callId: task?.id ?? 0, result: 'x' }, at(240))).toMatchObject({
      ok: false,
      reason: { key: 'calls.refused.absent' },
    })
    // The telephone rang in the real world, whatever exercise is open in the browser of who calls back.
    const log = () =>
      logCallBack(
        { ...people.agent, exerciseId: 1 },
        { callId: task?.id ?? 0, result: 'Joint : le 15 ne sonne plus' },
        at(240),
      )
    const both = await Promise.all([log(), log()])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(both).toContainEqual(expect.objectContaining({ reason: { key: 'calls.refused.done' } }))
    expect(await toDo()).toEqual([])
    expect(await owner`select exercise_id as world from journal where event = 'call.called_back'`).toEqual([
      { world: null },
    ])
  })

  it.each([
    ['they ring again and are answered', 'in'],
    ['somebody calls them and they answer', 'out'],
  ])('%s: the task is over by itself', async (_, direction) => {
    const missed = call()
    await missed('newCall', 300)
    await missed('hangup', 320)
    expect(await toDo()).toHaveLength(1)
    const later = call(direction === 'in' ? {} : { from: '0199009999', to: '0199005900', direction })
    await later('newCall', 330)
    expect(await toDo()).toHaveLength(1)
    await later('answer', 340, { user: '201' })
    expect(await toDo()).toEqual([])
  })

  it('what was spoken before does not answer for what was missed after, however late it is told', async () => {
    const spoken = call()
    await spoken('newCall', 350)
    await spoken('answer', 355)
    const missed = call()
    await missed('newCall', 400)
    await missed('hangup', 410)
    await spoken('hangup', 420)
    expect(await toDo()).toHaveLength(1)
    const again = call()
    await again('newCall', 430)
    await again('answer', 431)
  })

  it('a switchboard that loses the end of a call: it is missed all the same, by the clock', async () => {
    const lost = call({ from: 'anonymous' })
    await lost('newCall', 500)
    await endLostCalls(SWITCHBOARD, at(500 + RINGS_AT_MOST_S - 1))
    expect(await toDo()).toEqual([])
    await endLostCalls(SWITCHBOARD, at(500 + RINGS_AT_MOST_S))
    expect(await toDo()).toMatchObject([{ phone: null, shown: 'anonymous', callers: [], tries: 1 }])
    // Told at last.
    await lost('answer', 501, { user: '201' })
    expect(await toDo()).toEqual([])
  })

  it('told only at its end, as by 3CX: the same row as any other', async () => {
    await call({ from: '0199005900' })('hangup', 640, { startedAt: at(600).toISOString(), duration: 20 })
    const [row] = (await readCalls(people.agent, 'all')).calls
    expect(row).toMatchObject({ state: 'ended', callBackAt: null })
    expect(Date.parse(row?.startedAt ?? '')).toBe(at(600).getTime())
    expect(Date.parse(row?.answeredAt ?? '')).toBe(at(620).getTime())
  })

  it('pops on the screen of who answers and of nobody else, with who it may be and his open cases', async () => {
    expect(await nameTelephone(people.agent, { name: '201' }, at(0))).toMatchObject({ ok: true })
    expect(await nameTelephone(people.agent2, { name: '201' }, at(0))).toMatchObject({
      ok: false,
      fields: { name: { key: 'calls.refused.telephone_taken' } },
    })
    expect(await nameTelephone(people.samu59, { name: '202' }, at(0))).toMatchObject({ ok: false })
    const reference = await reportOf(people.samu59, '59', at(690))
    const shared = call({ from: '0199003700' })
    await shared('newCall', 700)
    expect(await readPop(people.agent2, at(701))).toMatchObject([{ state: 'ringing', mine: false }])
    await shared('answer', 702, { user: '201' })
    expect(await readPop(people.agent2, at(703))).toEqual([])
    const [several] = await readPop(people.agent, at(703))
    // Two have this number: a person asks.
    expect(several?.callers.map((one) => one.organisation).sort()).toEqual([
      'Préfecture 37 (essai)',
      'SAMU 37 (essai)',
    ])
    await shared('hangup', 710)
    const known = call()
    await known('newCall', 720)
    await known('answer', 721, { user: ['201'] })
    const [mine] = await readPop(people.agent, at(722))
    expect(mine).toMatchObject({
      mine: true,
      callers: [{ organisation: 'SAMU 59 (essai)', open: [reference] }],
    })
    expect(await readPop(people.samu59, at(722))).toEqual([])
    expect(await readPop({ ...people.agent, exerciseId: 1 }, at(722))).toEqual([])

    expect(
      await linkCall(people.agent, { callId: mine?.id ?? 0, reference: '2026-000000-0' }, at(730)),
    ).toMatchObject({
      ok: false,
      fields: { reference: { key: 'calls.refused.no_case' } },
    })
    expect(
      await linkCall(
        // Of the real world, whatever exercise is open.
        { ...people.agent, exerciseId: 1 },
        { callId: mine?.id ?? 0, reference: `n° ${reference.replaceAll('-', ' ')}` },
        at(730),
      ),
    ).toMatchObject({
      ok: true,
    })
    const [line] = await owner`select j.data from journal j join cases c on c.id = j.case_id
      where c.reference = ${reference} and j.event = 'call.linked'`
    expect(line?.data).toMatchObject({ direction: 'in', waited: 1 })
    expect(JSON.stringify(line?.data)).not.toContain('199005900')
  })

  it('a report taken while on the line takes the call with it', async () => {
    const ringing = call()
    await ringing('newCall', 800)
    await ringing('answer', 803, { user: '201' })
    const reference = await reportOf(people.agent, '59', at(850), {
      channel: 'phone',
      organisationId: people.organisations.samu59,
      calledBack: true,
    })
    const lines = await owner`select j.id::int from journal j join cases c on c.id = j.case_id
      where c.reference = ${reference} and j.event = 'case.reported'`
    const run = () =>
      react(
        SWITCHBOARD,
        lines.map(({ id }) => id as number),
        at(851),
        async () => {},
      )
    await run()
    await run()
    const linked = await owner`select 1 from journal j join cases c on c.id = j.case_id
      where c.reference = ${reference} and j.event = 'call.linked'`
    expect(linked).toHaveLength(1)
  })

  it.each([
    ['no event', { direction: 'in', callId: 'x' }],
    ['an event nobody knows', { event: 'explode', direction: 'in', callId: 'x' }],
    ['no callId', { event: 'newCall', direction: 'in' }],
    ['no direction', { event: 'newCall', callId: 'x' }],
    ['a duration of a week', { event: 'hangup', direction: 'in', callId: 'x', duration: 604_800 }],
    ['an hour that is none', { event: 'hangup', direction: 'in', callId: 'x', startedAt: 'hier soir' }],
  ])('refuses %s', (_, said) => {
    expect(ctiInput.safeParse(said).success).toBe(false)
  })
})
