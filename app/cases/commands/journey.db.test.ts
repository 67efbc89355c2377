import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { type ReportDraft, reportInput } from '../input.ts'
import { isOverdue } from '../rules/deadlines.ts'
import { acknowledgeCase } from './acknowledge.ts'
import { answerCase } from './answer.ts'
import { logAttempt } from './attempt.ts'
import { changeCallback } from './change-callback.ts'
import { closeCase } from './close.ts'
import { confirmCase } from './confirm.ts'
import { diagnoseCase, putWorkaround } from './diagnose.ts'
import { attachDuplicate, detachDuplicate } from './duplicate.ts'
import { reportCase } from './report.ts'
import { restoreCase } from './restore.ts'
import { stillFailing } from './still-failing.ts'
import { recordTests } from './tests.ts'
import { updateCase } from './update.ts'
import { waitForReporter } from './wait.ts'

const database = await createTestDatabase()
const people = await makePeople(database.owner)
const T0 = new Date('2026-03-10T09:00:00Z')
const minute = (minutes: number) => new Date(T0.getTime() + minutes * 60_000)

function report(draft: Partial<ReportDraft> = {}) {
  return reportInput.parse({
    submissionId: randomUUID(),
    numbers: ['15'],
    symptom: 'NO_RING',
    territoryCode: '59',
    communeCodes: ['59350'],
    ...draft,
  })
}

describe('a case from its report to its closing', () => {
  it('goes through by the words of reporter and cell', async () => {
    const made = await reportCase(people.samu59, report({ tests: [{ passed: 0, tried: 4 }] }), T0)
    if (!made.ok) throw new Error(JSON.stringify(made))
    const { reference } = made.value
    expect(reference).toMatch(/^2026-\d{6}-\d$/)
    expect(made.value.level).toBe(2)
    expect(made.value.nextContactAt).toEqual(minute(60))

    expect(
      await acknowledgeCase(people.agent, { reference, version: 1, nextContactAt: null }, minute(2)),
    ).toMatchObject({ ok: true })
    expect(
      await updateCase(
        people.agent,
        { reference, version: 2, text: 'Essais en cours', nextContactAt: minute(30) },
        minute(5),
      ),
    ).toMatchObject({ ok: true })
    expect(
      await closeCase(people.agent, { reference, version: 3, cause: 'access', text: null }, minute(6)),
    ).toMatchObject({ ok: false })
    expect(
      await restoreCase(
        people.agent,
        { reference, version: 3, text: 'Rétabli', restoredAt: null, nextContactAt: minute(60) },
        minute(20),
      ),
    ).toMatchObject({ ok: true })
    expect(
      await confirmCase(
        people.samu59,
        {
          reference,
          version: 4,
          text: null,
          saidBy: null,
          tests: report({ tests: [{ passed: 6, tried: 6 }] }).tests,
        },
        minute(25),
      ),
    ).toMatchObject({ ok: true })
    expect(
      await closeCase(people.agent, { reference, version: 5, cause: 'access', text: null }, minute(26)),
    ).toMatchObject({ ok: true })

    const lines =
      await database.owner`select event, visibility from journal where case_id = ${made.value.id} order by seq`
    expect(lines.map((line) => line.event)).toEqual([
      'case.reported',
      'case.assigned',
      'case.acknowledged',
      'case.updated',
      'case.restored',
      'case.confirmed',
      'case.closed',
    ])
  })

  it('is one case when the same submission comes twice, even at once', async () => {
    const input = report()
    const answers = await Promise.all(Array.from({ length: 8 }, () => reportCase(people.samu59, input, T0)))
    const references = new Set(answers.map((one) => (one.ok ? one.value.reference : 'refused')))
    expect(references.size).toBe(1)
    expect(references).not.toContain('refused')
    const [{ n }] =
      (await database.owner`select count(*)::int as n from cases where submission_id = ${input.submissionId}`) as unknown as [
        { n: number },
      ]
    expect(n).toBe(1)
  })

  it('two people press at once: one wins, the other is told', async () => {
    const made = await reportCase(people.samu59, report(), T0)
    if (!made.ok) throw new Error('refused')
    const { reference } = made.value
    const both = await Promise.all(
      [people.agent, people.agent2].map((who) =>
        acknowledgeCase(who, { reference, version: 1, nextContactAt: null }, minute(1)),
      ),
    )
    expect(both.filter((one) => one.ok)).toHaveLength(1)
  })

  it('does not exist for another département', async () => {
    const made = await reportCase(people.samu59, report(), T0)
    if (!made.ok) throw new Error('refused')
    const input = {
      reference: made.value.reference,
      version: null,
      text: null,
      saidBy: null,
      tests: report({ tests: [{ passed: 1, tried: 1 }] }).tests,
    }
    expect(await confirmCase(people.pref37, input, minute(1))).toMatchObject({
      ok: false,
      reason: { key: 'cases.refused.absent' },
    })
    // the authority of the territory sees it, and may only read
    expect(await confirmCase(people.pref59, input, minute(1))).toMatchObject({
      ok: false,
      reason: { key: 'cases.refused.absent' },
    })
    expect(await confirmCase(people.samu59, input, minute(1))).toMatchObject({ ok: true })
  })
})

const { agent, samu59 } = people
const passing = report({ tests: [{ passed: 6, tried: 6 }] }).tests

/** An acknowledged case, and what is said of it at a minute. */
async function opened(draft: Partial<ReportDraft> = {}) {
  const made = await reportCase(samu59, report(draft), T0)
  if (!made.ok) throw new Error(JSON.stringify(made))
  const on = { reference: made.value.reference, version: null, text: 'Essai' }
  const does = async (work: Promise<{ ok: boolean }>) => {
    const done = await work
    expect(done).toMatchObject({ ok: true })
    return done
  }
  await does(acknowledgeCase(agent, { ...on, nextContactAt: null }, minute(1)))
  return {
    on,
    waits: (at: number) =>
      does(waitForReporter(agent, { ...on, nextContactAt: minute(at + 30) }, minute(at))),
    restores: (at: number) =>
      does(restoreCase(agent, { ...on, restoredAt: null, nextContactAt: minute(at + 30) }, minute(at))),
    attempts: (at: number) => does(logAttempt(agent, { ...on, nextContactAt: minute(at + 30) }, minute(at))),
    fails: (at: number, who = samu59) => does(stillFailing(who, { ...on, tests: [] }, minute(at))),
    confirms: (at: number) => does(confirmCase(samu59, { ...on, saidBy: null, tests: passing }, minute(at))),
    closes: (at: number) => closeCase(agent, { ...on, cause: 'access' }, minute(at)),
    row: async () => (await database.owner`select * from cases where reference = ${on.reference}`)[0],
  }
}

type Opened = Awaited<ReturnType<typeof opened>>
const answers =
  (who = samu59) =>
  ({ on }: Opened) =>
    answerCase(who, on, minute(10))

describe('three attempts to reach the reporter', () => {
  it.each<[string, 'waits' | 'restores', (one: Opened) => Promise<unknown>, boolean]>([
    ['a fourth one', 'waits', ({ attempts }) => attempts(10), true],
    ['he answers', 'waits', answers(), false],
    ['he answers, restored', 'restores', answers(), false],
    ['his answer, written down by the cell', 'waits', answers(agent), false],
    ['still failing', 'restores', ({ fails }) => fails(10), false],
    ['still failing, written down by the cell', 'restores', ({ fails }) => fails(10, agent), false],
    [
      'he tests',
      'waits',
      ({ on }) => recordTests(samu59, { ...on, factAt: null, tests: passing }, minute(10)),
      false,
    ],
    [
      'the cell tests',
      'waits',
      ({ on }) => recordTests(agent, { ...on, factAt: null, tests: passing }, minute(10)),
      true,
    ],
    [
      'he is called back elsewhere',
      'waits',
      ({ on }) => changeCallback(samu59, { ...on, callbackPhone: '+33639980015' }, minute(10)),
      false,
    ],
    ['restored, he is asked anew', 'waits', ({ restores }) => restores(10), false],
  ])('%s: closes without his word, or not', async (_, asks, then, closes) => {
    const one = await opened()
    await one[asks](2)
    for (const at of [3, 4, 5]) await one.attempts(at)
    expect(await then(one)).toMatchObject({ ok: true })
    if ((await one.row())?.state === 'checking') await one.waits(11)
    expect(await one.closes(12)).toMatchObject({ ok: closes })
  })
})

describe('a restoration that its reporter says is none', () => {
  it('is forgotten: the busy hour of an N3 counts from the next', async () => {
    const one = await opened({ communeCodes: [], numbers: ['15', '17'] })
    await one.restores(2)
    await one.fails(90)
    expect(await one.row()).toMatchObject({ level: 3, restored_at: null })
    await one.confirms(100)
    expect(await one.row()).toMatchObject({ restored_at: minute(100) })
    expect(await one.closes(101)).toMatchObject({ reason: { key: 'cases.refused.busy_hour' } })
    expect(await one.closes(100 + 24 * 60)).toMatchObject({ ok: true })
  })

  it('is forgotten with the case that it was attached to', async () => {
    const [main, one] = [await opened(), await opened()]
    const { on } = one
    const attached = await attachDuplicate(agent, { ...on, of: main.on.reference, reason: 'x' }, minute(2))
    expect(attached).toMatchObject({ ok: true })
    await one.confirms(3)
    expect(await one.row()).toMatchObject({ state: 'duplicate', restored_at: minute(3) })
    expect(await detachDuplicate(agent, { ...on, reason: 'Autre panne' }, minute(4))).toMatchObject({
      ok: true,
    })
    expect(await one.row()).toMatchObject({ state: 'acknowledged', confirmed_at: null, restored_at: null })
  })
})

describe('"still failing" stands first until the cell answers', () => {
  it.each<[string, (one: Opened) => Promise<unknown>, boolean]>([
    ['the reporter is asked something', ({ waits }) => waits(11), true],
    [
      'a word to the reporter',
      ({ on }) => updateCase(agent, { ...on, nextContactAt: minute(30) }, minute(11)),
      true,
    ],
    [
      'calls pass another way',
      ({ on }) => putWorkaround(agent, { ...on, fallback: 'active', nextContactAt: minute(30) }, minute(11)),
      true,
    ],
    ['restored anew', ({ restores }) => restores(11), true],
    ['what is believed of the cause', ({ on }) => diagnoseCase(agent, on, minute(11)), false],
    ['the reporter again', ({ on }) => answerCase(samu59, on, minute(11)), false],
  ])('%s', async (_, then, answered) => {
    const one = await opened()
    await one.waits(2)
    await one.fails(10)
    expect(await then(one)).toMatchObject({ ok: true })
    const row = await one.row()
    expect([row?.still_failing_at, isOverdue(row?.queue_rank)]).toEqual(
      answered ? [null, false] : [minute(10), true],
    )
  })
})
