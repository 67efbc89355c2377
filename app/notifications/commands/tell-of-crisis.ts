import { and, eq, inArray } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { account, type Role } from '#db/schema/account.ts'
import { noticeRecipient } from '#db/schema/crisis.ts'
import { incident } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { deliver } from './notify.ts'
import type { JournalLine } from './tell-of-case.ts'

/** Tells the cell, or the authorities a notice is for, of a line about proposals, the crisis, the cell or a notice. */
export async function tellOfCrisis(actor: MachineActor, line: JournalLine, now: Date): Promise<void> {
  await asActor(actor, async (tx) => {
    const accounts = new Set(await accountsFor(tx, line))
    if (line.actorId !== null) accounts.delete(line.actorId)
    const [one] = line.incidentId
      ? await tx
          .select({ reference: incident.reference })
          .from(incident)
          .where(eq(incident.id, line.incidentId))
      : []
    const data = {
      by: line.actorName,
      incident: one?.reference ?? '',
      ...numbersOf(line),
      ...plain(line.data),
    }
    const kind = line.event.replace('.', '_')
    await deliver(
      tx,
      actor,
      [...accounts].map((accountId) => ({
        accountId,
        kind,
        data,
        caseId: line.caseId,
        incidentId: line.incidentId,
        dedupeKey: `line:${line.id}`,
      })),
      now,
    )
  })
}

function accountsFor(tx: Tx, line: JournalLine): Promise<number[]> {
  switch (line.event) {
    case 'crisis.called':
      return Promise.resolve([Number(line.data.accountId)])
    case 'crisis.activated':
      return ofRoles(tx, ['agent', 'lead', 'director', 'admin'])
    case 'notice.issued':
      return ofNotice(tx, Number(line.data.noticeId))
    case 'notice.call_due':
      return ofRoles(tx, ['agent', 'lead'])
    case 'proposal.made':
    case 'proposal.reopened':
      return line.data.level === 'check' ? ofRoles(tx, ['lead']) : ofRoles(tx, ['lead', 'director'])
    default:
      return ofRoles(tx, ['lead', 'director'])
  }
}

async function ofRoles(tx: Tx, roles: Role[]): Promise<number[]> {
  const found = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(inArray(account.role, roles), eq(account.active, true)))
  return found.map((one) => one.id)
}

async function ofNotice(tx: Tx, noticeId: number): Promise<number[]> {
  const found = await tx
    .select({ id: account.id })
    .from(noticeRecipient)
    .innerJoin(
      account,
      and(eq(account.organisationId, noticeRecipient.organisationId), eq(account.active, true)),
    )
    .where(eq(noticeRecipient.noticeId, noticeId))
  return found.map((one) => one.id)
}

/** The numbers that a proposal is about, as its reason says them. */
function numbersOf(line: JournalLine): { numbers?: string } {
  const { reason } = line.data as { reason?: { values?: { numbers?: unknown } } }
  const numbers = reason?.values?.numbers
  return typeof numbers === 'string' && numbers !== '' ? { numbers } : {}
}

/** Figures and words only: what a message can show. */
function plain(data: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  )
}
