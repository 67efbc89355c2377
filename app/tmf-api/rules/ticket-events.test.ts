import { expect, test } from 'vitest'
import { ticketEventsOf } from './ticket-events.ts'

test.each([
  ['case.reported', 'public', 'Create'],
  ['case.acknowledged', 'public', 'StatusChange'],
  ['case.updated', 'public', 'AttributeValueChange'],
  ['case.restored', 'public', 'StatusChange Resolved'],
  ['case.waiting_reporter', 'public', 'StatusChange InformationRequired'],
  ['case.out_of_scope', 'public', 'StatusChange'],
  ['case.noted', 'internal', ''],
  ['case.reported', 'internal', ''],
  ['incident.opened', 'public', ''],
])('%s, %s: %s', (event, visibility, told) => {
  const short = ticketEventsOf({ event, visibility }).map((one) => one.replace(/^TroubleTicket|Event$/g, ''))
  expect(short.join(' ')).toBe(told)
})
