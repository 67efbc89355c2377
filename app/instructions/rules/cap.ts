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
  endsAt: Date
  slots: Slots
  allClear: string
  scope: CapScope
  /** Which one, when it is no real one: each counts its instructions from one. */
  exercise: number | null
  inForceAt: Date
  /** The version that it cancels, which whoever relays it holds already. */
  replaces: { number: number; inForceAt: Date } | null
  /** When a person said the all clear: a message that cancels the alert. */
  allClearAt: Date | null
  area: { name: string; insee: readonly string[] }
}

export function capOf(facts: CapFacts): string {
  const { slots, sender, area, exercise, replaces, allClearAt } = facts
  const [over, played] = [allClearAt !== null, exercise !== null]
  const world = exercise === null ? '' : `exercice-${exercise}.`
  const id = (kind: string, number = facts.number) => `${sender}.${world}consigne-${number}.${kind}`
  const alertOf = (one: { number: number; inForceAt: Date }) =>
    line(1, 'references', `${sender},${id('alerte', one.number)},${hour(one.inForceAt)}`)
  const headline = played ? `${MARKER} ${slots.fails}` : slots.fails
  const marked = (text: string) => (played ? `${MARKER} ${text} ${MARKER}` : text)
  const lines = [
    line(1, 'identifier', id(over ? 'fin' : 'alerte')),
    line(1, 'sender', sender),
    line(1, 'sent', hour(allClearAt ?? facts.inForceAt)),
    line(1, 'status', played ? 'Exercise' : 'Actual'),
    line(1, 'msgType', over ? 'Cancel' : replaces ? 'Update' : 'Alert'),
    line(1, 'scope', facts.scope),
    ...(facts.scope === 'Restricted'
      ? [line(1, 'restriction', 'Autorités et services d’urgence du territoire')]
      : []),
    ...(played ? [line(1, 'note', MARKER)] : []),
    ...(over ? [alertOf(facts)] : replaces ? [alertOf(replaces)] : []),
    '  <info>',
    line(2, 'language', 'fr-FR'),
    line(2, 'category', 'Infra'),
    line(2, 'event', 'Numéro d’urgence injoignable'),
    line(2, 'responseType', over ? 'AllClear' : 'Execute'),
    line(2, 'urgency', over ? 'Past' : 'Immediate'),
    line(2, 'severity', over ? 'Minor' : 'Severe'),
    line(2, 'certainty', 'Observed'),
    line(2, 'expires', hour(allClearAt ? new Date(allClearAt.getTime() + READ_MS) : facts.endsAt)),
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

/** An all clear is worth reading for so long. [D] */
const READ_MS = 24 * 3600_000

function line(depth: number, name: string, text: string): string {
  return `${'  '.repeat(depth)}<${name}>${xmlText(text)}</${name}>`
}

/** With its zone and without fractions; UTC is written -00:00 (CAP 1.2 §3.3.2). */
function hour(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, '-00:00')
}
