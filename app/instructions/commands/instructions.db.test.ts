import { describe, expect, test } from 'vitest'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { react } from '#app/_jobs/reactions.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { answerInput, askInput, callInput, draftInput, testInput } from '../input.ts'
import { listInstructions, readInstruction } from '../queries.ts'
import { answerInstruction, logInstructionCall } from './answer.ts'
import { askActors } from './ask.ts'
import { turnInstructions } from './clock.ts'
import { draftInstruction, reviseInstruction } from './draft.ts'
import { endInstruction, putInForce } from './force.ts'
import { testInstruction } from './test.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const { organisations } = people
const T0 = new Date('2026-11-23T16:45:00Z')
const later = (minutes: number) => new Date(T0.getTime() + minutes * 60_000)
const clock = machine('clock')

const slots = {
  who: 'Réseau Modèle',
  fails: 'le 15 ne répond pas depuis les mobiles',
  where: 'dans le Nord',
  todo: 'Appelez depuis une ligne fixe ou composez le 112',
  until: 'Prochain point à 19 h',
}
const base = {
  failing: '15',
  callers: 'mobile',
  territoryCode: '59',
  slots,
  allClear: 'Le 15 répond de nouveau.',
  endsAt: later(240).toISOString(),
}

async function draft(over: object = {}): Promise<number> {
  const made = await draftInstruction(people.agent, draftInput.parse({ ...base, ...over }), T0)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.instructionId
}
const read = async (id: number, actor: AccountActor = people.lead) => {
  const found = await readInstruction(actor, id)
  if (!found) throw new Error(`no instruction ${id}`)
  return found
}
async function tried(id: number): Promise<void> {
  for (const network of ['Mobile Modèle', 'Fixe Témoin'])
    await testInstruction(
      people.agent,
      testInput.parse({ instructionId: id, network, passed: 3, tried: 3 }),
      T0,
    )
}
async function ask(id: number, actors: number[], authorities: number[] = [organisations.pref59]) {
  const { version } = (await read(id)).one
  return askActors(people.agent, askInput.parse({ instructionId: id, version, actors, authorities }), T0)
}
async function answer(actor: AccountActor, id: number, said: 'agreed' | 'refused', reason?: string, at = T0) {
  const { textVersion } = (await read(id)).one
  return answerInstruction(
    actor,
    answerInput.parse({ instructionId: id, textVersion, answer: said, reason }),
    at,
  )
}
const force = async (id: number, actor: AccountActor = people.lead, at = T0) =>
  putInForce(actor, { instructionId: id, version: (await read(id)).one.version }, at)
/** All the way to what only remains to be put in force. */
async function validated(over: object = {}): Promise<number> {
  const id = await draft(over)
  await tried(id)
  await ask(id, [organisations.samu59])
  await answer(people.samu59, id, 'agreed')
  await answer(people.pref59, id, 'agreed')
  return id
}
async function told(event: string): Promise<void> {
  const lines = await owner`select id::int from journal where event = ${event} order by id`
  await react(
    machine('reactions'),
    lines.map((line) => line.id),
    T0,
  )
}

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

describe('one voice', () => {
  test('what contradicts one in force is refused, with both texts; the same scope is the next version', async () => {
    const first = await validated({
      failing: '17',
      slots: { ...slots, fails: 'le 17 ne répond pas', todo: 'Composez le 112' },
    })
    expect(await force(first)).toMatchObject({ ok: true })
    const { number } = (await read(first)).one
    const other = await validated({
      failing: '17',
      callers: 'any',
      slots: { ...slots, fails: 'le 17 ne répond pas', todo: 'Allez au commissariat' },
    })
    expect(await force(other)).toMatchObject({
      ok: false,
      reason: { key: 'instructions.refused.contradicts', values: { number } },
    })
    expect((await read(other)).against.map((one) => one.id)).toEqual([first])
    const next = await validated({
      failing: '17',
      slots: { ...slots, fails: 'le 17 ne répond pas', todo: 'Appelez depuis une ligne fixe' },
    })
    expect((await read(next)).former).toMatchObject({ number, differs: [{ slot: 'todo' }] })
    expect(await force(next)).toMatchObject({ ok: true, value: { cancels: number } })
    expect((await read(first)).one.state).toBe('ended')
  })

  test('two people put contradicting texts in force at the same moment: one wins, the other is told', async () => {
    const make = (callers: string, todo: string) =>
      validated({ failing: '18', callers, slots: { ...slots, fails: 'le 18 ne répond pas', todo } })
    const [a, b] = [await make('mobile', 'Composez le 112'), await make('any', 'Allez à la caserne')]
    const ends = await Promise.all([force(a, people.lead), force(b, people.director)])
    expect(ends.map((one) => one.ok).sort()).toEqual([false, true])
  })

  test('a number that another instruction says to fail there is no way out', async () => {
    const id = await validated({
      failing: '112',
      callers: 'any',
      slots: { ...slots, fails: 'le 112 ne répond pas', todo: 'Appelez depuis une ligne fixe' },
    })
    await force(id)
    const said = draftInput.parse({ ...base, failing: '115', slots: { ...slots, todo: 'Composez le 112' } })
    expect(await draftInstruction(people.agent, said, T0)).toMatchObject({
      ok: false,
      fields: { 'slots.todo': { key: 'instructions.refused.says_failing', values: { number: '112' } } },
    })
    await endInstruction(
      people.lead,
      { instructionId: id, version: (await read(id)).one.version, reason: 'Rétabli' },
      T0,
    )
  })
})

test('its end comes by itself: those who lead hear that it is near, then all hear that it is over, once', async () => {
  const id = await validated({
    failing: '115',
    callers: 'any',
    slots: { ...slots, fails: 'le 115 ne répond pas' },
  })
  await force(id)
  for (const minutes of [209, 210, 211, 239.9, 240, 241]) await turnInstructions(clock, later(minutes))
  const lines =
    await owner`select event, at from journal where chain = ${`instruction:${id}`} and event in ('instruction.ending', 'instruction.ended') order by id`
  expect(lines.map(({ event, at }) => [event, at])).toEqual([
    ['instruction.ending', later(210)],
    ['instruction.ended', later(240)],
  ])
})

describe('what is refused changes nothing', () => {
  test.each([
    ['an end that is past', { endsAt: T0.toISOString() }, { endsAt: 'instructions.refused.end_past' }],
    [
      'a territory that is none',
      { territoryCode: 'XX' },
      { territoryCode: 'instructions.invalid.territory' },
    ],
    ['a number that is none', { failing: '999' }, { failing: 'instructions.invalid.number' }],
    [
      'the failing number as the way out',
      { slots: { ...slots, todo: 'Rappelez le 15' } },
      { 'slots.todo': 'instructions.refused.says_failing' },
    ],
    ['an empty slot', { slots: { ...slots, who: ' ' } }, { 'slots.who': 'instructions.refused.empty_slot' }],
    ['an incident that is none', { incident: 'INC-1' }, { incident: 'instructions.invalid.incident' }],
  ])('%s', async (_, over, fields) => {
    const [before] = await owner`select count(*)::int as n from instruction`
    const said = await draftInstruction(people.agent, draftInput.parse({ ...base, ...over }), T0)
    expect(
      said.ok ? {} : Object.fromEntries(Object.entries(said.fields ?? {}).map(([k, v]) => [k, v.key])),
    ).toEqual(fields)
    const [after] = await owner`select count(*)::int as n from instruction`
    expect(after).toEqual(before)
  })

  test.each([
    ['no number', { ...base, failing: '' }, 'instructions.invalid.number'],
    ['no territory', { ...base, territoryCode: '' }, 'instructions.invalid.territory'],
    ['no territory at all', { ...base, territoryCode: undefined }, 'instructions.invalid.territory'],
  ])('a scope that is empty: %s', (_, given, message) => {
    expect(draftInput.safeParse(given).error?.issues[0]?.message).toBe(message)
  })

  test('two change the same draft: the second is told', async () => {
    const id = await draft({ failing: '115' })
    const change = (todo: string) =>
      reviseInstruction(
        people.agent,
        {
          instructionId: id,
          version: 1,
          slots: { ...slots, todo },
          allClear: base.allClear,
          endsAt: later(240),
        },
        T0,
      )
    expect(await change('Composez le 17')).toMatchObject({ ok: true })
    expect(await change('Composez le 18')).toMatchObject({ ok: false, conflict: { version: 2 } })
  })
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
