import type { EventName } from '#app/_journal/events.ts'

/** Whom an event concerns, by function; commands/notify.ts finds the persons. */
export type Recipient = 'reporter' | 'assignee' | 'former_holder' | 'lead' | 'director'

export type EventFacts = {
  level: number
  side: 'reporter' | 'cell' | 'machine'
  step: number
  toLevel: number | null
  visibility: 'public' | 'internal'
}

/**
 * Who is told of what (DOMAIN §4, "Told"): the reporter of every public act of the cell; the one who holds the case of every
 * act of the reporter; the lead of what is missed, and the duty director when nothing has moved since.
 */
export function recipientsOf(event: EventName, facts: EventFacts): Recipient[] {
  switch (event) {
    case 'case.reported':
      return facts.level >= 3 ? ['assignee', 'lead', 'director'] : ['assignee']
    case 'case.level_changed':
      return (facts.toLevel ?? 0) >= 3
        ? ['reporter', 'assignee', 'lead', 'director']
        : ['reporter', 'assignee']
    case 'case.verified':
      return (facts.toLevel ?? 0) >= 3 ? ['assignee', 'lead', 'director'] : ['assignee']
    case 'case.taken_over':
      return ['former_holder']
    case 'case.assigned':
      return ['assignee']
    case 'case.ack_missed':
    case 'case.check_missed':
    case 'case.promise_missed':
      return ['assignee', 'lead']
    case 'case.escalated':
      return facts.step <= 2 ? ['director'] : ['lead', 'director']
    case 'case.still_failing':
      return ['assignee', 'lead']
    default:
      if (facts.side === 'reporter') return ['assignee']
      return facts.visibility === 'public' ? ['reporter'] : []
  }
}
