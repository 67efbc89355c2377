import { describe, expect, test } from 'vitest'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { react } from '#app/_jobs/reactions.ts'
import { readStrip } from '#app/crisis/_strip/query.ts'
import { logCall } from '#app/crisis/commands/log-call.ts'
import { callTasks } from '#app/crisis/queries.ts'
import { asActor } from '#db/transaction.ts'
import { readCap } from '../cap.ts'
import { answerInput, callInput, draftInput } from '../input.ts'
import { listInstructions, readInstruction } from '../queries.ts'
import { answerInstruction, logInstructionCall } from './answer.ts'
import { askActors } from './ask.ts'
import { turnInstructions } from './clock.ts'
import { draftInstruction, reviseInstruction } from './draft.ts'
import { endInstruction } from './force.ts'
import {
  answer,
  ask,
  base,
  clock,
  draft,
  force,
  later,
  organisations,
  owner,
  people,
  read,
  slots,
  T0,
  told,
  tried,
  validated,
} from './instructions.fixture.ts'
import { testInstruction } from './test.ts'

describe('from draft to force', () => {
  test('tried from two networks, asked of three, refused by one, changed, agreed, validated, in force', async () => {
    const id = await draft()
    const three = [organisations.samu59, organisations.samu37, organisations.samu69]
    expect(await ask(id, three)).toMatchObject({ ok: false, reason: { key: 'instructions.lacks.tests' } })
    await tried(id)
    expect(await ask(id, three)).toMatchObject({ ok: true, value: { asked: 4 } })
    await told('instruction.asked')
    const inbox =
      await owner`select a.name, m.data ->> 'part' as part from inbox_message m join account a on a.id = m.account_id
      where m.kind = 'instruction_asked' order by a.name`
    expect(inbox.map((row) => [row.name, row.part])).toEqual([
      ['Lea Essai', 'actor'],
      ['Luc Essai', 'actor'],
      ['Nora Essai', 'actor'],
      ['Prefecture Nord Essai', 'authority'],
    ])

    expect(answerInput.safeParse({ instructionId: id, textVersion: 1, answer: 'refused' }).success).toBe(
      false,
    )
    await answer(people.samu59, id, 'agreed')
    await answer(people.samu37, id, 'refused', 'Le fixe de Tours ne passe pas.')
    expect((await read(id)).standing).toMatchObject({
      stage: 'tested',
      lacks: { key: 'instructions.lacks.refused' },
    })
    expect(await force(id)).toMatchObject({ ok: false, reason: { key: 'instructions.lacks.refused' } })

    const { version } = (await read(id)).one
    const changed = { ...slots, todo: 'Composez le 112' }
    await reviseInstruction(
      people.agent,
      { instructionId: id, version, slots: changed, allClear: base.allClear, endsAt: later(240) },
      T0,
    )
    // Whoever answers what he read before is told that it is another text.
    expect(
      await answerInstruction(
        people.samu69,
        { instructionId: id, textVersion: 1, answer: 'agreed', reason: null },
        T0,
      ),
    ).toMatchObject({ ok: false, reason: { key: 'instructions.refused.other_words' } })
    expect((await read(id)).standing.stage).toBe('drafted')

    await tried(id)
    await ask(id, three)
    for (const actor of [people.samu59, people.samu37, people.samu69]) await answer(actor, id, 'agreed')
    expect((await read(id)).standing.stage).toBe('agreed')
    expect(await force(id)).toMatchObject({ ok: false, reason: { key: 'instructions.lacks.authority' } })
    await answer(people.pref59, id, 'agreed')
    expect(await force(id, people.agent)).toMatchObject({
      ok: false,
      reason: { key: 'instructions.refused.lead_decides' },
    })
    expect(await force(id)).toMatchObject({ ok: true, value: { cancels: null } })
    expect(await read(id, people.samu13)).toMatchObject({ one: { state: 'in_force' } })
    await endInstruction(
      people.lead,
      { instructionId: id, version: (await read(id)).one.version, reason: 'Rétabli' },
      T0,
    )
    expect(await readInstruction(people.samu13, id)).toBeNull()
  })

  test('nobody sees a draft but the cell and those who are asked', async () => {
    const id = await draft()
    expect(await readInstruction(people.samu59, id)).toBeNull()
    await tried(id)
    await ask(id, [organisations.samu59])
    const own = await read(id, people.samu59)
    expect(own.asked.map((row) => row.organisationId)).toEqual([organisations.samu59])
    expect(await readInstruction(people.samu37, id)).toBeNull()
    expect((await listInstructions(people.samu37)).map((row) => row.id)).not.toContain(id)
    expect(await answer(people.samu37, id, 'agreed')).toMatchObject({ ok: false })
  })

  test('an authority outside its territory validates nothing, even asked', async () => {
    const id = await draft()
    await tried(id)
    expect(await ask(id, [organisations.samu59], [organisations.pref37])).toMatchObject({
      ok: false,
      fields: {
        authorities: {
          key: 'instructions.refused.outside',
          values: { organisation: 'Préfecture 37 (essai)' },
        },
      },
    })
    expect((await read(id)).asked).toEqual([])
    await ask(id, [organisations.samu59])
    const moved = { ...people.pref59, territories: ['62'] }
    expect(await answer(moved, id, 'agreed')).toMatchObject({
      ok: false,
      reason: { key: 'instructions.refused.outside_own' },
    })
  })

  test('who never answers is telephoned, and what he says then counts with a name and a call-back', async () => {
    const id = await draft()
    await tried(id)
    await ask(id, [organisations.samu59])
    await turnInstructions(clock, later(9.9))
    expect((await read(id)).asked.every((row) => row.callDueAt === null)).toBe(true)
    await turnInstructions(clock, later(10))
    await turnInstructions(clock, later(11))
    const due =
      await owner`select data ->> 'organisationId' as org from journal where event = 'instruction.call_due' and (data ->> 'instructionId')::int = ${id}`
    expect(due.map((row) => Number(row.org)).sort()).toEqual(
      [organisations.pref59, organisations.samu59].sort(),
    )
    const { asked } = await read(id)
    const of = (part: string) => asked.find((row) => row.part === part)?.id ?? 0
    const call = (part: string, by: AccountActor) =>
      logInstructionCall(
        by,
        callInput.parse({
          askedId: of(part),
          result: 'Jointe',
          answer: 'agreed',
          by: 'Dr Camille',
          calledBack: true,
        }),
        later(12),
      )
    expect(callInput.safeParse({ askedId: 1, result: 'x', answer: 'agreed', calledBack: true }).success).toBe(
      false,
    )
    expect(callInput.safeParse({ askedId: 1, result: 'x', answer: 'agreed', by: 'x' }).success).toBe(false)
    expect(await call('actor', people.agent)).toMatchObject({ ok: true })
    expect(await call('authority', people.agent)).toMatchObject({
      ok: false,
      fields: { answer: { key: 'instructions.refused.lead_takes' } },
    })
    expect(await call('authority', people.lead)).toMatchObject({ ok: true })
    expect(await call('authority', people.lead)).toMatchObject({
      ok: false,
      reason: { key: 'instructions.refused.answered_already' },
    })
    expect((await read(id)).standing.stage).toBe('validated')
  })
})

test('who is late is one call task with the notices of its organisation, on the strip; reached, it may answer once more', async () => {
  const id = await draft({ failing: '116000', slots: { ...slots, fails: 'le 116000 ne répond pas' } })
  await tried(id)
  await ask(id, [organisations.samu59])
  const at = later(10)
  await turnInstructions(clock, at)
  const [notice] =
    await owner`insert into notice (kind, number, state, as_of, body, issued_at) values ('authority_notice', 1, 'issued', ${at}, '{}', ${at}) returning id`
  await owner`insert into notice_recipient (notice_id, organisation_id, told_at, call_due_at) values (${notice?.id}, ${organisations.pref59}, ${at}, ${at})`
  const calls = async (actor = people.agent) =>
    (await asActor(actor, (tx) => callTasks(tx, actor))).filter(({ asked }) =>
      asked.some(({ instructionId }) => instructionId === id),
    )
  const press = (org: number, reached: boolean) =>
    logCall(people.agent, { who: `organisation:${org}`, reached, result: null, by: 'Camille' }, later(12))
  // Whatever else they were asked before is part of the same call.
  const own = expect.arrayContaining([{ instructionId: id, number: (await read(id)).one.number }])
  expect(await calls()).toMatchObject([
    { name: 'Préfecture 59 (essai)', asked: own, notices: [{ id: Number(notice?.id) }] },
    { name: 'SAMU 59 (essai)', asked: own, notices: [] },
  ])
  const counted = (await readStrip(people.agent, at)).toCall
  expect(counted).toBe((await asActor(people.agent, (tx) => callTasks(tx, people.agent))).length)

  expect(await press(organisations.samu59, false)).toMatchObject({ ok: true })
  expect((await calls()).map(({ last }) => last?.by)).toEqual([undefined, people.agent.name])
  for (const org of [organisations.samu59, organisations.pref59])
    expect(await press(org, true)).toMatchObject({ ok: true, value: { reached: true } })
  expect(await calls()).toEqual([])
  expect(await press(organisations.samu59, true)).toMatchObject({
    ok: false,
    reason: { key: 'crisis.refused.called_already' },
  })

  // Answered or silent again: the one is over, the other is to be called once more.
  await answer(people.samu59, id, 'agreed', undefined, later(15))
  await turnInstructions(clock, later(22))
  expect((await calls()).map(({ name }) => name)).toEqual(['Préfecture 59 (essai)'])
})

test('its end comes by itself: those who lead hear that it is near, then all hear that its hour has passed, once, and no all clear', async () => {
  const id = await validated({
    failing: '115',
    callers: 'any',
    slots: { ...slots, fails: 'le 115 ne répond pas' },
  })
  await force(id)
  for (const minutes of [209, 210, 211, 239.9, 240, 241]) await turnInstructions(clock, later(minutes))
  const lines =
    await owner`select event, at, data ->> 'how' as how from journal where chain = ${`instruction:${id}`} and event in ('instruction.ending', 'instruction.ended') order by id`
  expect(lines.map(({ event, at, how }) => [event, at, how])).toEqual([
    ['instruction.ending', later(210), null],
    ['instruction.ended', later(240), 'hour_passed'],
  ])
  // That an hour has passed makes no number work: whoever relays it is told what was said, until when, and no all clear.
  const cap = await readCap(people.samu13, id, 'Public')
  expect(cap?.xml).toContain('<msgType>Alert</msgType>')
  expect(cap?.xml).toContain(
    `<expires>${later(240)
      .toISOString()
      .replace(/\.\d+Z/, '-00:00')}</expires>`,
  )
})

test('an exercise counts and speaks on its own, and none of it leaves', async () => {
  const [exercise] =
    await owner`insert into exercise (drill_id, title, state, started_at) values ('x', 'x', 'running', ${T0}) returning id::int`
  const inside = <A extends AccountActor>(actor: A) => ({ ...actor, exerciseId: Number(exercise?.id) })
  const made = await draftInstruction(inside(people.agent), draftInput.parse({ ...base, failing: '115' }), T0)
  expect(made).toMatchObject({ ok: true, value: { number: 1 } })
  const id = made.ok ? made.value.instructionId : 0
  expect(await readInstruction(people.lead, id)).toBeNull()
  for (const network of ['A', 'B'])
    await testInstruction(inside(people.agent), { instructionId: id, network, passed: 1, tried: 1 }, T0)
  await askActors(
    inside(people.agent),
    { instructionId: id, version: 1, actors: [organisations.samu59], authorities: [] },
    T0,
  )
  const lines =
    await owner`select id::int from journal where exercise_id = ${exercise?.id} and event = 'instruction.asked'`
  await react(
    machine('drill', Number(exercise?.id)),
    lines.map((line) => line.id),
    T0,
  )
  const [sent] =
    await owner`select count(*) filter (where channel <> 'inbox')::int as outside, count(*)::int as all from outbox where exercise_id = ${exercise?.id}`
  expect(sent).toEqual({ outside: 0, all: 1 })
})
