import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { type Actor, actorName, may, outside } from '#app/_auth/actor.ts'
import { done, type Refusal, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { shortened } from '#app/_doors/rules/cut.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { move, moveStep, moveTest, type StepState } from '#db/schema/migration.ts'
import { asActor, together } from '#db/transaction.ts'
import type { Input, moveTestInput, stepFailedInput, stepInput, stepMovedInput } from '../input.ts'
import { judgeStep } from '../rules/steps.ts'
import { announceCutOver } from './announce.ts'
import { changeSite, type OnSite, promise, promised, see, testsOf, writeDown } from './on-site.ts'

/** A step is written down or, while it is only planned, changed: with its dates, its owner and its way back. */
export function saveStep(
  actor: Actor,
  { siteId, id, version, ...wanted }: Input<typeof stepInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return changeSite(actor, siteId, now, async (on) => {
    if (!on.move || on.move.endedAt) return refused('migration.refused.no_move')
    const before = on.steps.find((step) => step.id === id)
    if (id && !before) return refused('migration.refused.absent')
    if (before && before.state !== 'planned') return refused('migration.refused.step_begun')
    if (before && before.version !== version) return changedMeanwhile(before.version)
    const [saved] = before
      ? await on.tx
          .update(moveStep)
          .set({ ...wanted, version: before.version + 1 })
          .where(and(eq(moveStep.id, before.id), eq(moveStep.version, before.version)))
          .returning()
      : await on.tx
          .insert(moveStep)
          .values({ siteId, ...wanted })
          .returning()
    if (!saved) return refused('migration.refused.absent')
    await announceCutOver(on, saved)
    const steps = [...on.steps.filter((step) => step.id !== saved.id), saved]
    const next = promised(on, null, steps)
    if ('at' in next) await promise(on, next.at)
    await writeDown(on, 'migration.step_saved', {
      step: saved.id,
      kind: saved.kind,
      made: !id,
      startsAt: saved.startsAt,
      endsAt: saved.endsAt,
    })
    return done({ id: saved.id })
  })
}

/** A step begins, is done or is given up. The last one, when the old accesses are gone, ends the move. */
export function moveStepTo(
  actor: Actor,
  input: Input<typeof stepMovedInput>,
  now: Date,
): Promise<Result<{ state: StepState }>> {
  return changeSite(actor, input.siteId, now, async (on) => {
    const moved = await turn(on, input, input.to)
    return moved.ok ? done({ state: input.to }) : moved
  })
}

/**
 * A step failed. When it was the cut-over, calls may be lost now: it opens a case of that site, in the same transaction, so that
 * there is no failed cut-over that nobody works on.
 */
export function failStep(
  actor: Actor,
  input: Input<typeof stepFailedInput>,
  now: Date,
): Promise<Result<{ reference: string | null }>> {
  if (actor.kind === 'door' || !may(actor, 'migration.work'))
    return Promise.resolve(refused('migration.refused.absent'))
  const real = outside(actor)
  return undone(() =>
    together(real, () =>
      asActor(real, async (tx) => {
        const on = await see(tx, real, input.siteId, now)
        if (!on) throw new Undone(refused('migration.refused.absent'))
        const failed = await turn(on, input, 'failed')
        if (!failed.ok) throw new Undone(failed)
        if (failed.value.kind !== 'cut_over') return { reference: null }
        if (on.site.numbers.length === 0) throw new Undone(refused('migration.refused.no_numbers'))
        const opened = await reportCase(real, reportOf(on, failed.value, input), now)
        if (!opened.ok) throw new Undone(opened)
        const { reference } = opened.value
        await tx.update(moveStep).set({ caseReference: reference }).where(eq(moveStep.id, failed.value.id))
        await writeDown(on, 'migration.case_opened', { step: failed.value.id, reference })
        return { reference }
      }),
    ),
  )
}

/** Calls tried before, during or after: n passed of m, from which network, of which number. */
export function logMoveTest(
  actor: Actor,
  { siteId, stepId, at, ...test }: Input<typeof moveTestInput>,
  now: Date,
): Promise<Result<null>> {
  return changeSite(actor, siteId, now, async (on) => {
    const step = on.steps.find((one) => one.id === stepId)
    if (!step) return refused('migration.refused.absent')
    if (step.kind === 'cut_over' && test.moment === 'after' && step.state === 'planned')
      return refusedField('moment', 'migration.refused.not_begun')
    if (!on.site.numbers.includes(test.number))
      return refusedField('number', 'migration.refused.not_its_number', { number: test.number })
    if (at && at.getTime() > now.getTime() + 60_000) return refusedField('at', 'migration.refused.test_ahead')
    await on.tx
      .insert(moveTest)
      .values({ siteId, stepId, at: at ?? now, byName: actorName(on.admin), ...test })
    await writeDown(on, 'migration.tested', { step: stepId, ...test })
    return done(null)
  })
}

type Asked = { stepId: number; version: number; nextContactAt: Date | null; outcome: string | null }

async function turn(
  on: OnSite,
  { stepId, version, nextContactAt, outcome }: Asked,
  to: StepState,
): Promise<Result<typeof moveStep.$inferSelect>> {
  if (!on.move) return refused('migration.refused.no_move')
  const step = on.steps.find((one) => one.id === stepId)
  if (!step) return refused('migration.refused.absent')
  if (step.version !== version) return changedMeanwhile(step.version)
  const tests = await testsOf(on.tx, on.site.id)
  const verdict = judgeStep(step, to, { steps: on.steps, tests, numbers: on.site.numbers })
  if (!verdict.ok) return refused(verdict.key, verdict.values)
  const steps = on.steps.map((one) => (one.id === stepId ? { ...one, state: to } : one))
  const next = promised(on, nextContactAt, steps)
  if ('refusal' in next) return next.refusal
  const [moved] = await on.tx
    .update(moveStep)
    .set({
      state: to,
      outcome: outcome ?? step.outcome,
      version: version + 1,
      ...(to === 'under_way' ? { startedAt: on.now } : { endedAt: on.now }),
    })
    .where(and(eq(moveStep.id, stepId), eq(moveStep.version, version)))
    .returning()
  if (!moved) return changedMeanwhile(version + 1)
  await announceCutOver(on, moved)
  if (to === 'done' && moved.kind === 'removal')
    await on.tx
      .update(move)
      .set({ endedAt: on.now, nextContactAt: null, promiseMissedAt: null })
      .where(eq(move.siteId, on.site.id))
  else await promise(on, next.at)
  await writeDown(
    on,
    'migration.step_moved',
    { step: stepId, kind: moved.kind, to, nextContactAt: next.at },
    outcome,
  )
  return done(moved)
}

function changedMeanwhile(version: number): Refusal {
  return { ...refused('migration.refused.changed_meanwhile'), conflict: { version } }
}

function reportOf(
  { site, admin }: OnSite,
  step: typeof moveStep.$inferSelect,
  { symptom, outcome }: Input<typeof stepFailedInput>,
) {
  return reportInput.parse({
    submissionId: randomUUID(),
    channel: 'phone',
    organisationId: site.organisationId,
    reporterName: actorName(admin),
    calledBack: true,
    numbers: site.numbers,
    symptom,
    direction: 'into_centre',
    sinceAt: step.startedAt?.toISOString(),
    territoryCode: site.territoryCode,
    communeCodes: site.communeCode ? [site.communeCode] : [],
    siteId: site.id,
    details: shortened([outcome, step.wayBack].filter(Boolean).join('\n\n'), 4000),
  })
}

/** Thrown so that nothing of the transaction stays; the refusal is what its caller answers. */
class Undone extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super('undone')
    this.refusal = refusal
  }
}

async function undone<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return done(await work())
  } catch (error) {
    if (error instanceof Undone) return error.refusal
    throw error
  }
}
