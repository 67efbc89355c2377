import { describe, expect, test } from 'vitest'
import { STEP_KINDS, STEP_STATES } from '#db/schema/migration.ts'
import { judgeContact, keptPromise, LONGEST, NEAR_MS, paceOf } from './promise.ts'
import { judgeStep, nextCutOver, type StepFacts, type TestFacts } from './steps.ts'

const step = (
  id: number,
  kind: StepFacts['kind'],
  state: StepFacts['state'],
  wayBack: string | null = 'retour T2',
): StepFacts => ({
  id,
  kind,
  state,
  wayBack,
})
const tried = (stepId: number, moment: TestFacts['moment'], number: string, passed: number): TestFacts => ({
  stepId,
  moment,
  number,
  passed,
  tried: 3,
})
const TESTED = step(1, 'number_tests', 'done')
const CUT = step(2, 'cut_over', 'planned')
const GOING = step(2, 'cut_over', 'under_way')
const BEFORE = tried(2, 'before', '15', 3)

describe('what may come of a step', () => {
  test.each<[string, StepFacts, StepFacts['state'], StepFacts[], TestFacts[], string | null]>([
    [
      'a cut-over without a way back',
      { ...CUT, wayBack: null },
      'under_way',
      [TESTED],
      [BEFORE],
      'no_way_back',
    ],
    [
      'a cut-over whose numbers were not tested',
      CUT,
      'under_way',
      [step(1, 'number_tests', 'under_way')],
      [BEFORE],
      'numbers_not_tested',
    ],
    [
      'a cut-over without a test before',
      CUT,
      'under_way',
      [TESTED],
      [tried(9, 'before', '15', 3)],
      'not_tested_before',
    ],
    ['a cut-over made ready', CUT, 'under_way', [TESTED], [BEFORE], null],
    [
      'done, one number not tried after',
      GOING,
      'done',
      [TESTED],
      [tried(2, 'after', '15', 3)],
      'number_not_tried',
    ],
    [
      'done, tried before only',
      GOING,
      'done',
      [TESTED],
      [BEFORE, tried(2, 'before', '112', 3)],
      'number_not_tried',
    ],
    [
      'done, a call lost',
      GOING,
      'done',
      [TESTED],
      [tried(2, 'after', '15', 3), tried(2, 'after', '112', 2)],
      'number_failing',
    ],
    [
      'done, lost once and passed since',
      GOING,
      'done',
      [TESTED],
      [tried(2, 'after', '112', 2), tried(2, 'after', '15', 3), tried(2, 'after', '112', 3)],
      null,
    ],
    [
      'done, passed once and lost since',
      GOING,
      'done',
      [TESTED],
      [tried(2, 'after', '15', 3), tried(2, 'after', '112', 3), tried(2, 'after', '112', 0)],
      'number_failing',
    ],
    ['a watch before the cut-over', step(3, 'watch', 'planned'), 'under_way', [TESTED], [], 'not_cut_over'],
    [
      'a removal before the watch',
      step(3, 'removal', 'planned'),
      'under_way',
      [step(2, 'cut_over', 'done')],
      [],
      'not_watched',
    ],
    ['failing what has not begun', CUT, 'failed', [], [], 'step_not_there'],
    ['doing what failed', step(2, 'cut_over', 'failed'), 'done', [], [], 'step_not_there'],
    ['failing what is under way', GOING, 'failed', [], [], null],
  ])('%s', (_, one, to, steps, tests, key) => {
    const verdict = judgeStep(one, to, { steps, tests, numbers: ['15', '112'] })
    expect(verdict.ok ? null : verdict.key).toBe(key && `migration.refused.${key}`)
  })

  test('what is over moves no more', () => {
    for (const kind of STEP_KINDS)
      for (const state of ['done', 'failed', 'cancelled'] as const)
        for (const to of STEP_STATES)
          expect(judgeStep(step(1, kind, state), to, { steps: [], tests: [], numbers: [] }).ok).toBe(false)
  })
})

describe('the promise to a site', () => {
  const now = new Date('2026-11-26T10:00:00Z')
  const inMs = (ms: number) => new Date(now.getTime() + ms)
  const cut = (state: string, ms: number) => ({
    kind: 'cut_over' as const,
    state: state as 'planned',
    startsAt: inMs(ms),
  })
  test.each([
    ['no cut-over', null, 'quiet'],
    ['a cut-over in more than a week', cut('planned', NEAR_MS + 1), 'quiet'],
    ['in a week', cut('planned', NEAR_MS), 'near'],
    ['late', cut('planned', -NEAR_MS), 'near'],
    ['under way', cut('under_way', -1), 'cutting'],
  ] as const)('%s: %s', (_, next, pace) => {
    expect(paceOf(next, now)).toBe(pace)
    expect(judgeContact(inMs(LONGEST[pace]), next, now)).toEqual({ ok: true })
    expect(judgeContact(inMs(LONGEST[pace] + 60_001), next, now)).toMatchObject({
      key: `migration.refused.promise_far_${pace}`,
    })
    expect(judgeContact(now, next, now)).toMatchObject({ key: 'migration.refused.promise_past' })
    expect(judgeContact(keptPromise(null, next, now), next, now)).toEqual({ ok: true })
    expect(judgeContact(keptPromise(inMs(365 * 86_400_000), next, now), next, now)).toEqual({ ok: true })
    expect(judgeContact(keptPromise(inMs(-1), next, now), next, now)).toEqual({ ok: true })
  })

  test('the one under way before any planned, else the first', () => {
    const all = [
      cut('planned', 5),
      cut('planned', 3),
      cut('under_way', 9),
      { ...cut('planned', 1), kind: 'watch' as const },
    ]
    expect(nextCutOver(all)).toBe(all[2])
    expect(nextCutOver(all.slice(0, 2))).toBe(all[1])
    expect(nextCutOver([])).toBeNull()
  })
})
