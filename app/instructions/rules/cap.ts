import { xmlText } from '#app/_doors/rules/xml.ts'
import { MARKER } from '#app/exercises/rules/marker.ts'
import type { Slots } from '#db/reference/vocabulary.ts'
import { textOf } from './text.ts'

/**
 * The instruction as a Common Alerting Protocol message (OASIS CAP 1.2, ITU-T X.1303 bis), for whoever relays it. It is an
 * offer to an authority, never an alert of our own: the mass alert of the public is the State's.
 */
export const CAP_SCOPES = ['Restricted', 'Public'] as const
export type CapScope = (typeof CAP_SCOPES)[number]

export type CapFacts = {
  number: number
  operator: string
  /** Where it may be asked about: no comma nor space, as the standard wants it. */
  sender: string
  sentAt: Date
  endsAt: Date
  slots: Slots
  allClear: string
  scope: CapScope
  exercise: boolean
  /** Said over: a message that cancels the former. */
  over: boolean
  inForceAt: Date
  area: { name: string; insee: readonly string[] }
}

export function capOf(facts: CapFacts): string {
  const { slots, over, area, exercise } = facts
  const id = (kind: string) => `${facts.sender}.consigne-${facts.number}.${kind}`
  const headline = exercise ? `${MARKER} ${slots.fails}` : slots.fails
  const marked = (text: string) => (exercise ? `${MARKER} ${text} ${MARKER}` : text)
  const lines = [
    line(1, 'identifier', id(over ? 'fin' : 'alerte')),
    line(1, 'sender', facts.sender),
    line(1, 'sent', hour(facts.sentAt)),
    line(1, 'status', exercise ? 'Exercise' : 'Actual'),
    line(1, 'msgType', over ? 'Cancel' : 'Alert'),
    line(1, 'scope', facts.scope),
    ...(facts.scope === 'Restricted'
      ? [line(1, 'restriction', 'Autorités et services d’urgence du territoire')]
      : []),
    ...(exercise ? [line(1, 'note', MARKER)] : []),
    ...(over ? [line(1, 'references', `${facts.sender},${id('alerte')},${hour(facts.inForceAt)}`)] : []),
    '  <info>',
    line(2, 'language', 'fr-FR'),
    line(2, 'category', 'Infra'),
    line(2, 'event', 'Numéro d’urgence injoignable'),
    line(2, 'responseType', over ? 'AllClear' : 'Execute'),
    line(2, 'urgency', over ? 'Past' : 'Immediate'),
    line(2, 'severity', over ? 'Minor' : 'Severe'),
    line(2, 'certainty', 'Observed'),
    line(2, 'expires', hour(facts.endsAt)),
    line(2, 'senderName', facts.operator),
    line(2, 'headline', headline),
    line(2, 'description', marked(over ? facts.allClear : textOf(slots))),
    line(2, 'instruction', marked(over ? facts.allClear : slots.todo)),
    '    <area>',
    line(3, 'areaDesc', area.name),
    ...area.insee.flatMap((code) => [
      '      <geocode>',
      line(4, 'valueName', 'INSEE'),
      line(4, 'value', code),
      '      </geocode>',
    ]),
    '    </area>',
    '  </info>',
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
    ...lines,
    '</alert>',
    '',
  ].join('\n')
}

function line(depth: number, name: string, text: string): string {
  return `${'  '.repeat(depth)}<${name}>${xmlText(text)}</${name}>`
}

/** With its zone and without fractions; UTC is written -00:00 (CAP 1.2 §3.3.2). */
function hour(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, '-00:00')
}
