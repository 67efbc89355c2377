import { and, eq, isNull } from 'drizzle-orm'
import { type Actor, actorName } from '#app/_auth/actor.ts'
import { done, type Refusal, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { shortened } from '#app/_doors/rules/cut.ts'
import { append } from '#app/_journal/append.ts'
import type { EventName } from '#app/_journal/events.ts'
import { administer } from '#app/directory/commands/administer.ts'
import { standing } from '#app/register/queries.ts'
import { exercise } from '#db/schema/exercise.ts'
import { incident } from '#db/schema/incidents.ts'
import { lesson } from '#db/schema/lesson.ts'
import type { Tx } from '#db/transaction.ts'
import type { closeInput, Input, lessonInput, proveInput } from '../input.ts'
import { judgeLesson } from '../rules/lesson.ts'

type Row = typeof lesson.$inferSelect

/** A recommendation gets its owner and its day; from an after-action file, a record of the register, or by itself. */
export function saveLesson(
  actor: Actor,
  { id, version, ...wanted }: Input<typeof lessonInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(actor, 'lessons.keep', async (tx, admin) => {
    const strange = await strangeOrigin(tx, wanted)
    if (strange) return strange
    if (!id) {
      const [made] = await tx
        .insert(lesson)
        .values({ ...wanted, createdAt: now, byName: actorName(admin) })
        .returning()
      if (!made) return refused('lessons.refused.absent')
      await writeDown(tx, admin, 'lesson.saved', made, now)
      return done({ id: made.id })
    }
    const before = await seen(tx, id, version)
    if ('ok' in before) return before
    // A new day is a new promise: it is told again when it passes.
    const told = before.dueOn === wanted.dueOn ? {} : { overdueToldAt: null }
    return write(tx, admin, before, { ...wanted, ...told }, 'lesson.saved', now)
  })
}

/** What shows that it is done: words that can be followed, or the run of a drill. */
export function proveLesson(
  actor: Actor,
  input: Input<typeof proveInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(actor, 'lessons.keep', async (tx, admin) => {
    const before = await seen(tx, input.id, input.version)
    if ('ok' in before) return before
    const { proof, exerciseId } = input
    if (exerciseId !== null) {
      const [run] = await tx
        .select({ drillId: exercise.drillId, result: exercise.result })
        .from(exercise)
        .where(eq(exercise.id, exerciseId))
      if (!run?.result || (before.drillId && run.drillId !== before.drillId))
        return refusedField('exerciseId', 'lessons.refused.not_its_drill')
    }
    const verdict = judgeLesson({ ...before, proof, exerciseId }, 'proved')
    if (!verdict.ok) return refusedField('proof', verdict.key)
    return write(
      tx,
      admin,
      before,
      { proof, exerciseId, state: 'proved', provedAt: now },
      'lesson.proved',
      now,
    )
  })
}

/** Somebody read the proof and closes it, or opens it again. */
export function closeLesson(
  actor: Actor,
  { id, version, to }: Input<typeof closeInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(actor, 'lessons.keep', async (tx, admin) => {
    const before = await seen(tx, id, version)
    if ('ok' in before) return before
    const verdict = judgeLesson(before, to)
    if (!verdict.ok) return refused(verdict.key)
    const closed = to === 'closed'
    const set = {
      state: to,
      closedAt: closed ? now : null,
      closedByName: closed ? actorName(admin) : null,
      overdueToldAt: null,
    }
    return write(tx, admin, before, set, closed ? 'lesson.closed' : 'lesson.reopened', now)
  })
}

async function seen(tx: Tx, id: number, version: number | null): Promise<Row | Refusal> {
  const [row] = await tx.select().from(lesson).where(eq(lesson.id, id)).for('update')
  if (!row) return refused('lessons.refused.absent')
  if (row.version !== version)
    return { ...refused('lessons.refused.changed_meanwhile'), conflict: { version: row.version } }
  return row
}

async function write(
  tx: Tx,
  admin: Actor,
  before: Row,
  set: Partial<Row>,
  event: EventName,
  now: Date,
): Promise<Result<{ id: number }>> {
  const [saved] = await tx
    .update(lesson)
    .set({ ...set, version: before.version + 1 })
    .where(and(eq(lesson.id, before.id), eq(lesson.version, before.version)))
    .returning()
  if (!saved) return refused('lessons.refused.absent')
  await writeDown(tx, admin, event, saved, now)
  return done({ id: saved.id })
}

/** Where it says that it was learned must exist: an incident of the real world, a record of the register. */
async function strangeOrigin(
  tx: Tx,
  { incidentReference, recordId }: { incidentReference: string | null; recordId: string | null },
): Promise<Refusal | null> {
  if (incidentReference) {
    const [one] = await tx
      .select({ id: incident.id })
      .from(incident)
      .where(and(eq(incident.reference, incidentReference), isNull(incident.exerciseId)))
    if (!one) return refusedField('incidentReference', 'lessons.refused.no_incident')
  }
  if (recordId && !(await standing(tx)).some(({ loss }) => loss.id === recordId))
    return refusedField('recordId', 'lessons.refused.no_record')
  return null
}

function writeDown(
  tx: Tx,
  admin: Actor,
  event: EventName,
  { id, recommendation, ownerName, dueOn }: Row,
  now: Date,
): Promise<void> {
  return append(tx, admin, {
    chain: 'lessons',
    event,
    visibility: 'internal',
    at: now,
    data: { lessonId: id, recommendation: shortened(recommendation, 120), owner: ownerName, dueOn },
  })
}
