import { STEP_KINDS, type StepKind, type StepState, type TestMoment } from '#db/schema/migration.ts'

export type StepFacts = { id: number; kind: StepKind; state: StepState; wayBack: string | null }
export type TestFacts = { stepId: number; moment: TestMoment; number: string; passed: number; tried: number }
export type Verdict = { ok: true } | { ok: false; key: string; values?: Record<string, string> }

const YES: Verdict = { ok: true }
const no = (key: string, values?: Record<string, string>): Verdict => ({
  ok: false,
  key: `migration.refused.${key}`,
  ...(values ? { values } : {}),
})

const NEXT: Record<StepState, readonly StepState[]> = {
  planned: ['under_way', 'cancelled'],
  under_way: ['done', 'failed'],
  done: [],
  failed: [],
  cancelled: [],
}

/** What may come of a step now, for the buttons of a page. */
export function movesOf(state: StepState): readonly StepState[] {
  return NEXT[state]
}

/**
 * May this step go there? Nothing is cut over before the numbers were tested and a way back is written; a cut-over is done when
 * every number of the site was tried afterwards and passed each time; nothing is removed before the watch is over.
 */
export function judgeStep(
  step: StepFacts,
  to: StepState,
  {
    steps,
    tests,
    numbers,
  }: { steps: readonly StepFacts[]; tests: readonly TestFacts[]; numbers: readonly string[] },
): Verdict {
  if (!NEXT[step.state].includes(to)) return no('step_not_there')
  const done = (kind: StepKind) => steps.some((one) => one.kind === kind && one.state === 'done')
  const own = tests.filter((test) => test.stepId === step.id)
  if (to === 'under_way' && step.kind === 'cut_over') {
    if (!step.wayBack) return no('no_way_back')
    if (!done('number_tests')) return no('numbers_not_tested')
    if (!own.some((test) => test.moment === 'before')) return no('not_tested_before')
  }
  if (to === 'under_way' && step.kind === 'watch' && !done('cut_over')) return no('not_cut_over')
  if (to === 'under_way' && step.kind === 'removal' && !done('watch')) return no('not_watched')
  if (to === 'done' && step.kind === 'cut_over')
    return allPassed(
      own.filter((test) => test.moment === 'after'),
      numbers,
    )
  if (to === 'done' && step.kind === 'number_tests') return allPassed(own, numbers)
  return YES
}

/** Each number was tried, and the last time it was, all calls arrived. */
function allPassed(tests: readonly TestFacts[], numbers: readonly string[]): Verdict {
  const last = new Map(tests.map((test) => [test.number, test]))
  const missing = numbers.filter((number) => !last.has(number))
  if (missing.length > 0) return no('number_not_tried', { numbers: missing.join(', ') })
  const failing = [...last.values()].filter((test) => test.passed < test.tried).map((test) => test.number)
  return failing.length > 0 ? no('number_failing', { numbers: failing.join(', ') }) : YES
}

/** The cut-over that is under way, else the next one planned: what sets the pace and what is announced. */
export function nextCutOver<S extends { kind: StepKind; state: StepState; startsAt: Date }>(
  steps: readonly S[],
): S | null {
  const open = steps.filter(
    (one) => one.kind === 'cut_over' && (one.state === 'planned' || one.state === 'under_way'),
  )
  const [first] = open.sort(
    (a, b) =>
      Number(b.state === 'under_way') - Number(a.state === 'under_way') ||
      a.startsAt.getTime() - b.startsAt.getTime(),
  )
  return first ?? null
}

/** How far a site is: the last step that was done, null before the first. */
export function reached(steps: readonly { kind: StepKind; state: StepState }[]): StepKind | null {
  const done = steps.filter((one) => one.state === 'done').map((one) => STEP_KINDS.indexOf(one.kind))
  return done.length === 0 ? null : (STEP_KINDS[Math.max(...done)] ?? null)
}
