import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import { type Actor, type MachineActor, may } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { readReference } from '#app/cases/rules/reference-number.ts'
import { phoneCall } from '#db/schema/call.ts'
import { cases } from '#db/schema/cases.ts'
import { asActor, inReality } from '#db/transaction.ts'
import type { Input, linkInput } from '../input.ts'
import { callOf } from './hear.ts'
import { standsIn } from './stands-in.ts'

/** This call was about that case: it stands in its journal. */
export function linkCall(
  actor: Actor,
  input: Input<typeof linkInput>,
  now: Date,
): Promise<Result<{ reference: string }>> {
  return inReality(actor, async (tx, real) => {
    if (!may(actor, 'cases.work')) return refused('calls.refused.absent')
    const call = await callOf(tx, input.callId)
    if (!call) return refused('calls.refused.absent')
    // Typed, pasted or heard: as everywhere else.
    const reference = readReference(input.reference)
    const [found] = reference
      ? await tx
          .select({ id: cases.id, reference: cases.reference })
          .from(cases)
          .where(and(eq(cases.reference, reference), isNull(cases.exerciseId)))
      : []
    if (!found) return refusedField('reference', 'calls.refused.no_case')
    if (call.caseId !== found.id) await standsIn(tx, real, call, found.id, now)
    return done({ reference: found.reference })
  })
}

/** What was written down while one spoke is about that call [D]. */
const SPOKEN_WITHIN_MS = 60 * 60_000

/** What follows from a report taken by telephone: the call that its agent was on stands in the journal of the new case. */
export function linkReported(
  actor: MachineActor,
  { caseId, actorId }: { caseId: number | null; actorId: number | null },
  now: Date,
): Promise<void> {
  return asActor(actor, async (tx) => {
    if (caseId === null || actorId === null || actor.exerciseId !== null) return
    const [made] = await tx.select().from(cases).where(eq(cases.id, caseId))
    if (made?.channel !== 'phone') return
    // Said again by a job that died half way.
    const [linked] = await tx
      .select({ id: phoneCall.id })
      .from(phoneCall)
      .where(eq(phoneCall.caseId, caseId))
      .limit(1)
    if (linked) return
    const [call] = await tx
      .select()
      .from(phoneCall)
      .where(
        and(
          eq(phoneCall.accountId, actorId),
          isNull(phoneCall.caseId),
          inArray(phoneCall.state, ['talking', 'ended']),
          gt(phoneCall.startedAt, new Date(now.getTime() - SPOKEN_WITHIN_MS)),
          // Of somebody else's call nothing is known here.
          or(
            isNull(phoneCall.organisationId),
            sql`${phoneCall.organisationId} is not distinct from ${made.organisationId}`,
          ),
        ),
      )
      .orderBy(sql`${phoneCall.startedAt} desc`)
      .limit(1)
      .for('update')
    if (call) await standsIn(tx, actor, call, caseId, now)
  })
}
