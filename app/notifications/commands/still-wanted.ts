import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/transaction.ts'
import { rings } from '../rules/ringing.ts'
import type { OutboxRow } from './give-up.ts'

/**
 * Is he still to be reached? Whoever answers on the page writes no row of the outbox: so it is asked before each call and before
 * each next way.
 */
export async function stillWanted(tx: Tx, row: OutboxRow): Promise<boolean> {
  if (rings(row.kind)) return stillRings(tx, row)
  return !(await isOver(tx, row)) && !(await answeredElsewhere(tx, row))
}

/** Not when anybody of the ladder has answered, when he cannot, when it was refused, or is over. */
async function stillRings(tx: Tx, { data }: OutboxRow): Promise<boolean> {
  const [found] = await tx.execute<{
    rings: boolean
  }>(sql`select r.first_answer_at is null and r.declined_at is null
      and r.ended_at is null and o.answered_at is null and o.cannot_at is null as rings
    from call_out o join crisis r on r.id = o.crisis_id where o.id = ${Number(data.callId) || 0}`)
  return found?.rings ?? false
}

const decided = ({ data }: OutboxRow) =>
  sql`select from proposal where id = ${Number(data.proposalId) || 0} and state <> 'open'`
const ofCase = (over: SQL) => (row: OutboxRow) => sql`select from cases where id = ${row.caseId} and ${over}`

/** What he was to be woken for, by the kind of the message, once somebody else has seen to it: what finds a row is over. */
const OVER: Record<string, (row: OutboxRow) => SQL> = {
  proposal_made: decided,
  proposal_reopened: decided,
  case_ack_missed: ofCase(sql`ack_missed_at is null`),
  case_promise_missed: ofCase(sql`promise_missed_at is null`),
  case_escalated: ofCase(sql`escalation = 0`),
  case_still_failing: ofCase(sql`still_failing_at is null`),
}

async function isOver(tx: Tx, row: OutboxRow): Promise<boolean> {
  const found = OVER[row.kind]?.(row)
  if (!found) return false
  const [said] = await tx.execute<{ over: boolean }>(sql`select exists (${found}) as over`)
  return said?.over ?? false
}

/** By his organisation: it has acknowledged the notice, or said what it was asked about an instruction. */
async function answeredElsewhere(
  tx: Tx,
  { kind, data, accountId, toType, toId }: OutboxRow,
): Promise<boolean> {
  const asks = {
    notice_issued: sql`select organisation_id from notice_recipient
      where notice_id = ${Number(data.noticeId) || 0} and acknowledged_at is not null`,
    instruction_asked: sql`select a.organisation_id from instruction_asked a join instruction i
      on i.id = a.instruction_id and i.text_version = a.text_version
      where i.id = ${Number(data.instructionId) || 0} and a.answered_at is not null`,
  }[kind]
  if (!asks) return false
  const [found] = await tx.execute<{ answered: boolean }>(sql`select coalesce(
      (select organisation_id from account where id = ${accountId}::bigint),
      case ${toType} when 'post' then (select organisation_id from post where id = ${toId})
        when 'contact' then (select organisation_id from contact where id = ${toId}) end) in (${asks}) as answered`)
  return found?.answered ?? false
}
