import type { CaseState } from '#db/schema/cases.ts'

/** What the contract tells its listeners of. Only an exercise's tickets are deleted, and of an exercise nobody is told. */
export const TICKET_EVENTS = [
  'TroubleTicketCreateEvent',
  'TroubleTicketAttributeValueChangeEvent',
  'TroubleTicketStatusChangeEvent',
  'TroubleTicketResolvedEvent',
  'TroubleTicketInformationRequiredEvent',
  'TroubleTicketDeleteEvent',
] as const
export type TicketEvent = (typeof TICKET_EVENTS)[number]

/** Events after which the status is another; the words of the journal say why. */
export const STATE_OF_EVENT: Partial<Record<string, CaseState>> = {
  'case.reported': 'received',
  'case.acknowledged': 'acknowledged',
  'case.waiting_reporter': 'waiting_reporter',
  'case.restored': 'restored',
  'case.still_failing': 'checking',
  'case.reopened': 'checking',
  'case.attached_duplicate': 'duplicate',
  'case.detached_duplicate': 'acknowledged',
  'case.out_of_scope': 'out_of_scope',
  'case.withdrawn': 'out_of_scope',
  'case.closed': 'closed',
}

/** What a line of the journal is called there: only of what a reader of the ticket would see changed. */
export function ticketEventsOf({ event, visibility }: { event: string; visibility: string }): TicketEvent[] {
  if (visibility !== 'public' || !event.startsWith('case.')) return []
  if (event === 'case.reported') return ['TroubleTicketCreateEvent']
  const state = STATE_OF_EVENT[event]
  if (!state) return ['TroubleTicketAttributeValueChangeEvent']
  if (state === 'restored') return ['TroubleTicketStatusChangeEvent', 'TroubleTicketResolvedEvent']
  if (state === 'waiting_reporter')
    return ['TroubleTicketStatusChangeEvent', 'TroubleTicketInformationRequiredEvent']
  return ['TroubleTicketStatusChangeEvent']
}
