import { createTranslator } from 'use-intl/core'
import type { AccountActor } from '#app/_auth/actor.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { STATE_OF_EVENT } from '../rules/ticket-events.ts'
import type { SeenTicket } from './queries.ts'
import { DEFAULT_TYPE, SEVERITY } from './severity.ts'
import { STATUS_OF } from './status.ts'
import { BASE, BASE_TYPE, TYPE } from './ticket-type.ts'

/** What a case has a place for; entities of other roles are given back as they came. */
const OUR_ROLES = new Set(['emergencyNumber', 'territory', 'commune'])

export type Ticket = Record<string, unknown> & { id: string; href: string }

/** A case in the words of TMF621 v4; what they have no word for stands in the attributes of our own @type. */
export function ticketOf(seen: SeenTicket, locale: AccountActor['locale']): Ticket {
  const symptoms = wordsOf(locale, 'symptoms')
  const events = wordsOf(locale, 'journal')
  const symptom = symptoms.has(seen.symptom) ? symptoms(seen.symptom) : seen.symptom
  const place = seen.territory ?? seen.territoryCode
  const changes = seen.lines.flatMap(({ event, at }) => {
    const state = STATE_OF_EVENT[event]
    return state ? [{ status: STATUS_OF[state], changeDate: at, changeReason: events(event) }] : []
  })
  return clean({
    id: seen.reference,
    href: `${BASE}/${seen.reference}`,
    externalId: seen.externalId,
    name: [seen.numbers.join(', '), symptom, place].filter(Boolean).join(' – '),
    description: seen.details ?? seen.symptomWords ?? symptom,
    ticketType: seen.ticketType ?? DEFAULT_TYPE,
    // As its sender said it; our own judgement is the priority.
    severity: seen.severity ?? SEVERITY[seen.level],
    priority: `N${seen.level}`,
    status: STATUS_OF[seen.state],
    statusChange: changes,
    statusChangeDate: changes.at(-1)?.changeDate,
    statusChangeReason: changes.at(-1)?.changeReason,
    creationDate: seen.receivedAt,
    lastUpdate: seen.lines.at(-1)?.at ?? seen.receivedAt,
    resolutionDate: seen.restoredAt,
    channel: { id: seen.channel, name: seen.channel },
    note: seen.lines.flatMap(({ id, at, who, side, text }) =>
      text ? [{ id: String(id), author: side === 'machine' ? 'Permanence' : who, date: at, text }] : [],
    ),
    relatedParty: seen.organisationId
      ? [
          {
            id: String(seen.organisationId),
            name: seen.organisation,
            role: 'originator',
            '@referredType': 'Organization',
          },
        ]
      : [],
    relatedEntity: [
      ...seen.numbers.map((id) => ({ id, role: 'emergencyNumber', '@referredType': 'EmergencyNumber' })),
      { id: seen.territoryCode, name: place, role: 'territory', '@referredType': 'GeographicArea' },
      ...seen.communeCodes.map((id) => ({ id, role: 'commune', '@referredType': 'GeographicArea' })),
      ...(seen.related ?? []).filter(({ role }) => !OUR_ROLES.has(role)),
    ],
    '@type': TYPE,
    '@baseType': BASE_TYPE,
    symptom: seen.symptom,
    failingSince: seen.sinceAt,
    nextContactDate: seen.nextContactAt,
    test: seen.tests.map(({ caseId, ...test }) => clean(test)),
    version: seen.version,
  }) as Ticket
}

function wordsOf(locale: AccountActor['locale'], namespace: string) {
  return createTranslator({
    locale,
    namespace,
    messages: messagesOf(locale),
    onError: () => {},
  } as never) as Words
}
type Words = ((key: string) => string) & { has(key: string): boolean }

/** First-level attribute selection of TMF630: exactly what is asked, of what there is. */
export function selected(ticket: Ticket, fields: string | undefined): Partial<Ticket> {
  if (!fields) return ticket
  const wanted = new Set(fields.split(',').map((name) => name.trim()))
  return Object.fromEntries(Object.entries(ticket).filter(([name]) => wanted.has(name)))
}

/** Changes with whatever a reader of the ticket would see changed. */
export function etagOf({ version, lines }: Pick<SeenTicket, 'version' | 'lines'>): string {
  return `"${version}.${lines.at(-1)?.id ?? 0}"`
}

function clean(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined),
  )
}
