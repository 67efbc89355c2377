import { askedTwice } from '#app/_doors/address.ts'
import { cleanText } from '#app/_doors/text.ts'
import { TICKET_EVENTS, type TicketEvent } from '../rules/ticket-events.ts'
import { type Filter, type Misread, readFilters } from './filters.ts'

/** What a listener asked to be told: which events, of which tickets, and which of their attributes. */
export type Listening = { events: TicketEvent[]; filters: Filter[]; fields: string | undefined }

/** 'eventType=TroubleTicketStatusChangeEvent&severity=Critical&fields=id,status': TMF630's query of a hub. No query is everything. */
export function readQuery(query: string): { asked: Listening; wrong: Misread[] } {
  const pairs = [...new URLSearchParams(query.trim().replace(/^\?/, ''))].map(
    ([name, value]) => [cleanText(name).trim(), cleanText(value).trim()] as const,
  )
  const { eventType, fields, ...conditions } = Object.fromEntries(pairs)
  const named = eventType?.split(',').map((one) => one.trim())
  const events = TICKET_EVENTS.filter((one) => !named || named.includes(one))
  const { filters, wrong } = readFilters(conditions)
  if (named && (events.length !== new Set(named).size || events.length === 0))
    wrong.push({ name: 'eventType', key: 'cases.invalid.tmf_event' })
  for (const name of askedTwice(pairs)) wrong.push({ name, key: 'forms.twice' })
  return { asked: { events, filters, fields }, wrong }
}
