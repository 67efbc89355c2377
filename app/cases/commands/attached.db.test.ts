import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import { react } from '#app/_jobs/reactions.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reportInput } from '../input.ts'
import { isOpen } from '../rules/states.ts'
import { acknowledgeCase } from './acknowledge.ts'
import { answerCase } from './answer.ts'
import { logAttempt } from './attempt.ts'
import { closeCase } from './close.ts'
import { confirmCase } from './confirm.ts'
import { attachDuplicate, detachDuplicate } from './duplicate.ts'
import { putOutOfScope } from './out-of-scope.ts'
import { reopenCase } from './reopen.ts'
import { reportCase } from './report.ts'
import { restoreCase } from './restore.ts'
import { stillFailing } from './still-failing.ts'
import { updateCase } from './update.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-03-10T09:00:00Z')
const minute = (n: number) => new Date(T0.getTime() + n * 60_000)
const tests = reportInput.shape.tests.parse([{ passed: 4, tried: 4 }])
const { agent } = people

/** A day of the desk: time goes on with every move, and what follows from each is done before the next. */
function day() {
  let now = 0
  const step = async <T>(work: (at: Date) => Promise<Result<T>>): Promise<boolean> => {
    now += 3
    const done = await work(minute(now))
    const lines = await owner<
      { id: number }[]
    >`select id::int from journal where id > ${followed} order by id`
    followed = lines.at(-1)?.id ?? followed
    await react(
      machine('reactions'),
      lines.map((line) => line.id),
      minute(now),
      async () => {},
    )
    // What follows may write lines that something follows from.
    const more = await owner<{ id: number }[]>`select id::int from journal where id > ${followed} order by id`
    followed = more.at(-1)?.id ?? followed
    await react(
      machine('reactions'),
      more.map((line) => line.id),
      minute(now),
      async () => {},
    )
    return done.ok
  }
  const report = async (who: AccountActor, territoryCode: string, numbers = ['15']) => {
    const input = reportInput.parse({
      submissionId: randomUUID(),
      numbers,
      symptom: 'NO_RING',
      territoryCode,
    })
    const made = await reportCase(who, input, T0)
    if (!made.ok) throw new Error(JSON.stringify(made))
    const { reference } = made.value
    await step((at) => acknowledgeCase(agent, { reference, version: null, nextContactAt: null }, at))
    return reference
  }
  const promise = () => minute(now + 30)
  const on = (reference: string, who: AccountActor) => ({
    attach: (of: string) =>
      step((at) => attachDuplicate(agent, { reference, version: null, of, reason: 'Même panne' }, at)),
    detach: () =>
      step((at) => detachDuplicate(agent, { reference, version: null, reason: 'Autre panne' }, at)),
    restore: () =>
      step((at) =>
        restoreCase(
          agent,
          { reference, version: null, text: 'Rétabli', restoredAt: null, nextContactAt: promise() },
          at,
        ),
      ),
    update: (text: string) =>
      step((at) => updateCase(agent, { reference, version: null, text, nextContactAt: promise() }, at)),
    confirm: () =>
      step((at) => confirmCase(who, { reference, version: null, text: null, saidBy: null, tests }, at)),
    close: () =>
      step((at) => closeCase(agent, { reference, version: null, cause: 'access', text: null }, at)),
    attempt: () =>
      step((at) =>
        logAttempt(agent, { reference, version: null, text: 'Pas de réponse', nextContactAt: promise() }, at),
      ),
    reopen: () =>
      step((at) =>
        reopenCase(agent, { reference, version: null, reason: 'Cela recommence', nextContactAt: null }, at),
      ),
    out: () => step((at) => putOutOfScope(agent, { reference, version: null, reason: 'Installateur' }, at)),
    failing: () =>
      step((at) => stillFailing(who, { reference, version: null, text: 'Rien ne passe', tests: [] }, at)),
    answer: (text: string) => step((at) => answerCase(who, { reference, version: null, text }, at)),
  })
  return { report, on }
}
let followed = 0

const messages = async (who: AccountActor) =>
  (
    await owner<{ kind: string; data: { what?: string } }[]>`
    select kind, data from inbox_message where account_id = ${who.accountId} order by id`
  ).map(({ kind, data }) =>
    kind === 'case_main_moved' || kind === 'case_of_attached' ? `${kind}:${data.what}` : kind,
  )
const state = async (reference: string) =>
  (await owner`select state from cases where reference = ${reference}`)[0]?.state

describe('the other end of an attachment', () => {
  it('a closed case takes no other; re-opened it does', async () => {
    const { report, on } = day()
    const main = await report(people.samu59, '59')
    await on(main, people.samu59).confirm()
    await on(main, people.samu59).close()
    const other = await report(people.samu37, '37')
    const refused = await attachDuplicate(
      agent,
      { reference: other, version: null, of: main, reason: 'x' },
      minute(60),
    )
    expect(refused).toMatchObject({ ok: false, fields: { of: { key: 'cases.refused.main_not_open' } } })
    expect(await state(other)).toBe('acknowledged')
    await on(main, people.samu59).reopen()
    expect(await on(other, people.samu37).attach(main)).toBe(true)
  })

  it('its reporter hears what becomes of the main, and is asked for his own confirmation', async () => {
    const { report, on } = day()
    const main = await report(people.samu59, '59')
    const other = await report(people.samu37, '37')
    await on(other, people.samu37).attach(main)
    const before = (await messages(people.samu37)).length
    await on(main, people.samu59).update('Un lien est coupé')
    await on(main, people.samu59).restore()
    await on(main, people.samu59).failing()
    await on(main, people.samu59).restore()
    await on(main, people.samu59).confirm()
    await on(main, people.samu59).close()
    expect((await messages(people.samu37)).slice(before)).toEqual([
      'case_main_moved:case_updated',
      'case_main_moved:case_restored',
      'case_main_moved:case_still_failing',
      'case_main_moved:case_restored',
      'case_main_moved:case_confirmed',
      'case_restored',
      'case_main_moved:case_closed',
    ])
    // The words of another organisation's reporter stay his.
    const [line] =
      await owner`select text from journal where event = 'case.main_moved' and data ->> 'what' = 'case_still_failing'`
    expect(line?.text).toBeNull()
    expect(await state(other)).toBe('restored')
    await on(other, people.samu37).confirm()
    expect(await on(other, people.samu37).close()).toBe(true)
    await on(main, people.samu59).reopen()
    expect((await messages(people.samu37)).at(-1)).toBe('case_main_moved:case_reopened')
  })

  it('one who confirmed for himself ends with the main', async () => {
    const { report, on } = day()
    const main = await report(people.samu59, '59')
    const other = await report(people.samu37, '37')
    await on(other, people.samu37).attach(main)
    await on(main, people.samu59).restore()
    expect(await on(other, people.samu37).confirm()).toBe(true)
    expect(await state(other)).toBe('duplicate')
    await on(main, people.samu59).confirm()
    await on(main, people.samu59).close()
    expect(await owner`select state, closing from cases where reference = ${other}`).toEqual([
      { state: 'closed', closing: 'confirmed' },
    ])
  })

  it('what its reporter says reaches the main and whoever holds it', async () => {
    const { report, on } = day()
    const main = await report(people.samu59, '59')
    const other = await report(people.samu37, '37')
    await on(other, people.samu37).attach(main)
    const before = (await messages(agent)).length
    await on(other, people.samu37).answer('le 112 aussi maintenant, deux victimes attendues')
    expect((await messages(agent)).slice(before)).toEqual(['case_of_attached:case_answered'])
    const [line] =
      await owner`select j.text, j.visibility, c.answered_at is not null as answered from journal j
      join cases c on c.id = j.case_id where c.reference = ${main} and j.event = 'case.attached_word'`
    expect(line).toEqual({
      text: 'le 112 aussi maintenant, deux victimes attendues',
      visibility: 'internal',
      answered: true,
    })
    await on(main, people.samu59).update('Nous le savons')
    expect(await owner`select answered_at from cases where reference = ${main}`).toEqual([
      { answered_at: null },
    ])
    // "Still failing" goes on by itself, at the top, and the main hears it.
    await on(other, people.samu37).failing()
    expect(await state(other)).toBe('checking')
    expect((await messages(agent)).at(-1)).toBe('case_still_failing')
    expect((await messages(people.lead)).at(-1)).toBe('case_still_failing')
    const heard = await owner`select 1 from journal j join cases c on c.id = j.case_id
      where c.reference = ${main} and j.event = 'case.attached_word'`
    expect(heard).toHaveLength(2)
  })

  it('the main put out of scope: the other is judged by itself', async () => {
    const { report, on } = day()
    const main = await report(people.samu59, '59', ['115'])
    const other = await report(people.samu37, '37')
    await on(other, people.samu37).attach(main)
    expect(await on(main, people.samu59).out()).toBe(true)
    expect(
      await owner`select state, next_contact_at is not null as promised, deadline_at is not null as clocked
      from cases where reference = ${other}`,
    ).toEqual([{ state: 'acknowledged', promised: true, clocked: true }])
  })

  it('two attached to each other at once: one is, and nothing hangs on itself', async () => {
    const { report } = day()
    const [a, b] = [await report(people.samu59, '59'), await report(people.samu37, '37')]
    const attach = (reference: string, of: string) =>
      attachDuplicate(agent, { reference, version: null, of, reason: 'Même panne' }, minute(60))
    const both = await Promise.all([attach(a, b), attach(b, a)])
    expect(both.filter((one) => one.ok)).toHaveLength(1)
  })
})

type Row = {
  id: number
  reference: string
  state: Parameters<typeof isOpen>[0]
  promised: boolean
  clocked: boolean
  main: number | null
  closing: string | null
  confirmed: boolean
  attempts: number
}
const MOVES = [
  'attach',
  'detach',
  'restore',
  'confirm',
  'close',
  'attempt',
  'reopen',
  'out',
  'failing',
  'answer',
] as const

it('whatever the order, no reporter’s words and no open failure are outside a clock', async () => {
  const who = [people.samu59, people.samu37, people.samu59] as const
  const move = fc.record({
    move: fc.constantFrom(...MOVES),
    on: fc.nat({ max: 2 }),
    to: fc.nat({ max: 2 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 4, maxLength: 14 }), async (moves) => {
      const { report, on } = day()
      const references = [
        await report(people.samu59, '59'),
        await report(people.samu37, '37'),
        await report(people.samu59, '59', ['115']),
      ]
      for (const [n, { move: name, on: of, to }] of moves.entries()) {
        const reference = references[of] ?? ''
        const acts = on(reference, who[of] ?? people.samu59)
        const words = `mots ${n} ${reference}`
        const done =
          name === 'attach'
            ? await acts.attach(references[to] ?? '')
            : name === 'answer'
              ? await acts.answer(words)
              : await acts[name]()
        const rows = await owner<
          Row[]
        >`select id::int, reference, state, next_contact_at is not null as promised,
          deadline_at is not null as clocked, duplicate_of_id::int as main, closing, confirmed_at is not null as confirmed,
          contact_attempts::int as attempts from cases where reference = any (${references})`
        const clocked = (row: Row | undefined) =>
          row !== undefined && isOpen(row.state) && row.promised && row.clocked
        for (const row of rows) {
          if (isOpen(row.state)) expect([row.promised, row.clocked]).toEqual([true, true])
          if (row.state === 'duplicate') expect(clocked(rows.find((one) => one.id === row.main))).toBe(true)
          if (row.state === 'closed')
            expect(row.closing === 'confirmed' ? row.confirmed : row.attempts >= 3).toBe(true)
        }
        if (done && name === 'failing')
          expect(clocked(rows.find((one) => one.reference === reference))).toBe(true)
        if (done && name === 'answer') {
          const heard = await owner<
            { reference: string }[]
          >`select c.reference from journal j join cases c on c.id = j.case_id where j.text = ${words}`
          expect(heard.some((one) => clocked(rows.find((row) => row.reference === one.reference)))).toBe(true)
        }
      }
    }),
    { numRuns: 12 },
  )
})
