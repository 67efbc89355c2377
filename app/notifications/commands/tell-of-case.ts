import { eq } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import type { EventName } from '#app/_journal/events.ts'
import { cases } from '#db/schema/cases.ts'
import { organisation } from '#db/schema/directory.ts'
import type { journal } from '#db/schema/journal.ts'
import { asActor } from '#db/transaction.ts'
import { recipientsOf } from '../rules/recipients.ts'
import { accountsOfRole, deliver } from './notify.ts'

export type JournalLine = typeof journal.$inferSelect

/** Tells those whom a line about a case concerns; never the one who wrote it, never twice. */
export async function tellOfCase(actor: MachineActor, line: JournalLine, now: Date): Promise<void> {
  const { caseId } = line
  if (caseId === null) return
  await asActor(actor, async (tx) => {
    const [row] = await tx
      .select({
        reference: cases.reference,
        level: cases.level,
        assigneeId: cases.assigneeId,
        claimedById: cases.claimedById,
        reporterAccountId: cases.reporterAccountId,
        territory: cases.territoryCode,
        organisation: organisation.name,
      })
      .from(cases)
      .leftJoin(organisation, eq(organisation.id, cases.organisationId))
      .where(eq(cases.id, caseId))
    if (!row) return
    const recipients = recipientsOf(line.event as EventName, {
      level: row.level,
      side: line.actorSide,
      step: numberIn(line, 'step') ?? 0,
      toLevel: numberIn(line, 'to'),
      visibility: line.visibility,
    })
    const roles = recipients.filter((one) => one === 'lead' || one === 'director')
    const accounts = new Set(await accountsOfRole(tx, roles))
    if (recipients.includes('assignee')) addIfSomeone(accounts, row.claimedById ?? row.assigneeId)
    if (recipients.includes('reporter')) addIfSomeone(accounts, row.reporterAccountId)
    if (recipients.includes('former_holder')) addIfSomeone(accounts, numberIn(line, 'from'))
    if (line.actorId !== null) accounts.delete(line.actorId)
    const data = {
      reference: row.reference,
      level: row.level,
      territory: row.territory,
      organisation: row.organisation ?? '',
      by: line.actorName,
    }
    const kind = line.event.replace('.', '_')
    await deliver(
      tx,
      actor,
      [...accounts].map((accountId) => ({ accountId, kind, data, caseId, dedupeKey: `line:${line.id}` })),
      now,
    )
  })
}

function numberIn(line: JournalLine, name: string): number | null {
  const value = line.data[name]
  return typeof value === 'number' ? value : null
}

function addIfSomeone(accounts: Set<number>, id: number | null): void {
  if (id !== null) accounts.add(id)
}
