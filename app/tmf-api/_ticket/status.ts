import type { CaseState } from '#db/schema/cases.ts'

/** TroubleTicketStatusType of the contract. */
export const STATUSES = [
  'acknowledged',
  'rejected',
  'pending',
  'held',
  'inProgress',
  'cancelled',
  'closed',
  'resolved',
] as const
export type Status = (typeof STATUSES)[number]

/** There, "acknowledged" is what the system has received; here somebody must have read it: that is "inProgress". */
export const STATUS_OF: Record<CaseState, Status> = {
  received: 'acknowledged',
  acknowledged: 'inProgress',
  checking: 'inProgress',
  diagnosed: 'inProgress',
  workaround: 'inProgress',
  waiting_reporter: 'pending',
  restored: 'resolved',
  confirmed: 'resolved',
  closed: 'closed',
  duplicate: 'cancelled',
  out_of_scope: 'rejected',
}

export function statesOf(status: Status): CaseState[] {
  return (Object.keys(STATUS_OF) as CaseState[]).filter((state) => STATUS_OF[state] === status)
}
