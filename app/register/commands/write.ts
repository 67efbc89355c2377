import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Actor, actorName } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import type { EventName } from '#app/_journal/events.ts'
import { getSetting } from '#app/cell/settings.ts'
import { administer } from '#app/directory/commands/administer.ts'
import { cases } from '#db/schema/cases.ts'
import { notice, noticeRecipient } from '#db/schema/crisis.ts'
import { incident } from '#db/schema/incidents.ts'
import { territory } from '#db/schema/reference.ts'
import { registerRecord } from '#db/schema/register.ts'
import type { Tx } from '#db/transaction.ts'
import type { Input, publishInput, saveDraftInput } from '../input.ts'
import { instanceKey } from '../instance-key.ts'
import { standing } from '../queries.ts'
import { judgeAnonymity } from '../rules/anonymity.ts'
import { draftOf, type ReviewFacts } from '../rules/from-review.ts'
import { contradictions, type Loss, lossRecord } from '../rules/record.ts'
import { hiddenOf } from '../sharing.ts'

/** A draft of a record from the after-action file of one incident. An exercise is no loss, and never enters. */
export async function draftFromIncident(
  actor: Actor,
  { reference }: { reference: string },
  now: Date,
): Promise<Result<{ recordId: string }>> {
  const operator = await getSetting('operator_name')
  return administer(actor, 'register.keep', async (tx, admin) => {
    const facts = await factsOf(tx, reference)
    if (!facts) return refused('register.refused.no_incident')
    const loss = draftOf(facts, operator, 'FR', instanceKey().shown)
    return put(tx, admin, loss, { incidentReference: reference, event: 'register.drafted' }, now)
  })
}

/** A draft of the next version of a record that is ours or public; a received one is corrected by its author. */
export function draftCorrection(
  actor: Actor,
  { recordId }: { recordId: string },
  now: Date,
): Promise<Result<{ recordId: string }>> {
  return administer(actor, 'register.keep', async (tx, admin) => {
    const one = (await standing(tx)).find(({ loss }) => loss.id === recordId)
    if (!one) return refused('register.refused.absent')
    if (one.origin === 'received') return refused('register.refused.not_ours')
    const loss = { ...one.loss, version: one.loss.version + 1 }
    return put(tx, admin, loss, { tlp: one.tlp, anonymised: one.anonymised, event: 'register.drafted' }, now)
  })
}

type Draft = Partial<Pick<typeof registerRecord.$inferInsert, 'incidentReference' | 'tlp' | 'anonymised'>> & {
  event: EventName
}

async function put(
  tx: Tx,
  admin: Actor,
  loss: Loss,
  { event, ...more }: Draft,
  now: Date,
): Promise<Result<{ recordId: string }>> {
  const [made] = await tx
    .insert(registerRecord)
    .values({
      recordId: loss.id,
      version: loss.version,
      state: 'draft',
      origin: 'own',
      // What nobody has judged yet stays in the house.
      tlp: 'TLP:AMBER+STRICT',
      loss,
      byName: actorName(admin),
      createdAt: now,
      ...more,
    })
    .onConflictDoNothing()
    .returning({ id: registerRecord.id })
  // Pressed twice, or by two: it is one draft.
  if (made) await writeDown(tx, admin, event, { record: loss.id, version: loss.version }, now)
  return done({ recordId: loss.id })
}

/** What a person made of the draft: every field, as it will be read. */
export function saveDraft(
  actor: Actor,
  input: Input<typeof saveDraftInput>,
  now: Date,
): Promise<Result<{ recordId: string }>> {
  return administer(actor, 'register.keep', async (tx, admin) => {
    const { recordId, edits, tlp, anonymised, incidentReference: _, ...said } = input
    const [draft] = await tx
      .select()
      .from(registerRecord)
      .where(and(eq(registerRecord.recordId, recordId), eq(registerRecord.state, 'draft')))
    if (!draft) return refused('register.refused.absent')
    const read = lossRecord.safeParse({ ...(draft.loss as Loss), ...said })
    if (!read.success)
      return refused('register.fault.field', { field: read.error.issues[0]?.path.join('.') ?? '' })
    const [against] = contradictions(read.data)
    if (against) return refused(against.key, against.values)
    const [saved] = await tx
      .update(registerRecord)
      .set({ loss: read.data, tlp, anonymised, edits: edits + 1, byName: actorName(admin) })
      .where(
        and(
          eq(registerRecord.id, draft.id),
          eq(registerRecord.edits, edits),
          eq(registerRecord.state, 'draft'),
        ),
      )
      .returning({ id: registerRecord.id })
    if (!saved)
      return { ...refused('register.refused.changed_meanwhile'), conflict: { version: draft.edits } }
    await writeDown(tx, admin, 'register.saved', { record: recordId, version: draft.version }, now)
    return done({ recordId })
  })
}

/** Read and found right: it is a version of the register, and is never written again. */
export function publishDraft(
  actor: Actor,
  input: Input<typeof publishInput>,
  now: Date,
): Promise<Result<{ recordId: string }>> {
  return administer(actor, 'register.keep', async (tx, admin) => {
    const { recordId, edits } = input
    const [draft] = await tx
      .select()
      .from(registerRecord)
      .where(and(eq(registerRecord.recordId, recordId), eq(registerRecord.state, 'draft')))
      .for('update')
    if (!draft) return refused('register.refused.absent')
    if (draft.edits !== edits)
      return { ...refused('register.refused.changed_meanwhile'), conflict: { version: draft.edits } }
    const loss = draft.loss as Loss
    const [against] = contradictions(loss)
    if (against) return refused(against.key, against.values)
    const verdict = judgeAnonymity(
      loss,
      hiddenOf(draft),
      (await standing(tx)).map((one) => one.loss),
    )
    if (!verdict.ok) return refused(verdict.key, verdict.values)
    await tx
      .update(registerRecord)
      .set({ state: 'published', publishedAt: now, byName: actorName(admin) })
      .where(eq(registerRecord.id, draft.id))
    await writeDown(
      tx,
      admin,
      'register.published',
      { record: recordId, version: draft.version, tlp: draft.tlp },
      now,
    )
    return done({ recordId })
  })
}

/** A draft that leads nowhere is thrown away: nobody has read it elsewhere. */
export function dropDraft(
  actor: Actor,
  { recordId }: { recordId: string },
  now: Date,
): Promise<Result<null>> {
  return administer(actor, 'register.keep', async (tx, admin) => {
    const gone = await tx
      .delete(registerRecord)
      .where(and(eq(registerRecord.recordId, recordId), eq(registerRecord.state, 'draft')))
      .returning({ id: registerRecord.id })
    if (gone.length === 0) return refused('register.refused.absent')
    await writeDown(tx, admin, 'register.dropped', { record: recordId }, now)
    return done(null)
  })
}

export function writeDown(
  tx: Tx,
  admin: Actor,
  event: EventName,
  data: Record<string, unknown>,
  now: Date,
): Promise<void> {
  return append(tx, admin, { chain: 'register', event, visibility: 'internal', at: now, data })
}

async function factsOf(tx: Tx, reference: string): Promise<ReviewFacts | null> {
  const [one] = await tx
    .select()
    .from(incident)
    .where(and(eq(incident.reference, reference), isNull(incident.exerciseId)))
  if (!one) return null
  const rows = await tx
    .select({ row: cases, place: territory.name })
    .from(cases)
    .leftJoin(territory, eq(territory.code, cases.territoryCode))
    .where(and(eq(cases.incidentId, one.id), eq(cases.outcome, 'case')))
  const [told] = await tx
    .select({ at: sql<string | null>`min(${noticeRecipient.toldAt})` })
    .from(noticeRecipient)
    .innerJoin(notice, eq(notice.id, noticeRecipient.noticeId))
    .where(eq(notice.incidentId, one.id))
  return {
    reference,
    title: one.title,
    cause: one.cause,
    works: rows.some(({ row }) => row.announcedWorks) ? true : null,
    openedAt: one.openedAt.getTime(),
    restoredAt: one.restoredAt?.getTime() ?? null,
    authorityAt: told?.at ? new Date(told.at).getTime() : null,
    cases: rows.map(({ row, place }) => ({
      at: row.receivedAt.getTime(),
      since: row.sinceAt?.getTime() ?? null,
      kind: row.reporterKind,
      numbers: row.numbers,
      territory: place ?? row.territoryCode,
      technology: row.callingTechnology,
      fallback: row.fallback,
    })),
  }
}
