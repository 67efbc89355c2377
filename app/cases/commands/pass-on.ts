import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { cases } from '#db/schema/cases.ts'
import { journal } from '#db/schema/journal.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { isOpen } from '../rules/states.ts'

type Line = {
  id: number
  caseId: number | null
  event: string
  text: string | null
  visibility: string
  actorSide: string
  data: Record<string, unknown>
}

/** Those of these lines to whose case others are attached. */
export async function ofMains<L extends Pick<Line, 'caseId'>>(actor: MachineActor, lines: L[]): Promise<L[]> {
  const ids = lines.flatMap(({ caseId }) => caseId ?? [])
  if (ids.length === 0) return []
  const found = await asActor(actor, (tx) =>
    tx.selectDistinct({ id: cases.duplicateOfId }).from(cases).where(inArray(cases.duplicateOfId, ids)),
  )
  return lines.filter((line) => found.some(({ id }) => id === line.caseId))
}

/**
 * What becomes of a case is said to the reporters of those attached to it, each in his own case: attached, not lost. Words of
 * the cell go along; those of another organisation's reporter do not, only that they were said. Said again, it changes nothing.
 */
export async function passOnToAttached(actor: MachineActor, line: Line, now: Date): Promise<void> {
  const { caseId } = line
  if (caseId === null || line.visibility !== 'public') return
  await asActor(actor, async (tx) => {
    const attached = await tx
      .select({ id: cases.id })
      .from(cases)
      .where(eq(cases.duplicateOfId, caseId))
      .orderBy(asc(cases.id))
      .for('update')
    for (const { id } of attached) {
      if (await said(tx, id, line.id)) continue
      await append(tx, actor, {
        chain: `case:${id}`,
        caseId: id,
        at: now,
        event: 'case.main_moved',
        visibility: 'public',
        text: line.actorSide === 'reporter' ? null : line.text,
        data: { passedOn: line.id, what: line.event.replace('.', '_'), ...figures(line.data) },
      })
    }
  })
}

/** What an attached reporter says is said on the case it hangs on too, to the cell alone: whoever works that one reads it there. */
export async function passToMain(actor: MachineActor, line: Line, now: Date): Promise<void> {
  const { caseId } = line
  if (caseId === null || line.actorSide !== 'reporter') return
  await asActor(actor, async (tx) => {
    const former = typeof line.data.mainId === 'number' ? line.data.mainId : null
    const [own] = await tx
      .select({ reference: cases.reference, mainId: cases.duplicateOfId })
      .from(cases)
      .where(eq(cases.id, caseId))
    const mainId = former ?? own?.mainId
    if (!own || !mainId) return
    const [main] = await tx
      .select({ id: cases.id, state: cases.state })
      .from(cases)
      .where(eq(cases.id, mainId))
      .for('update')
    if (!main || (await said(tx, main.id, line.id))) return
    if (isOpen(main.state)) await tx.update(cases).set({ answeredAt: now }).where(eq(cases.id, main.id))
    await append(tx, actor, {
      chain: `case:${main.id}`,
      caseId: main.id,
      at: now,
      event: 'case.attached_word',
      visibility: 'internal',
      text: line.text,
      data: {
        passedOn: line.id,
        what: line.event.replace('.', '_'),
        name: own.reference,
        ...figures(line.data),
      },
    })
  })
}

async function said(tx: Tx, caseId: number, lineId: number): Promise<boolean> {
  const [found] = await tx
    .select({ id: journal.id })
    .from(journal)
    .where(and(eq(journal.caseId, caseId), sql`${journal.data} ->> 'passedOn' = ${String(lineId)}`))
    .limit(1)
  return found !== undefined
}

/** Of the line: how many calls passed, and the hour promised. Not whose case it was. */
function figures(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).filter(([name]) => ['passed', 'tried', 'nextContactAt'].includes(name)),
  )
}
