import { describe, expect, it, test, vi } from 'vitest'
import type { EventName } from '#app/_journal/events.ts'
import { MARKER } from '#app/exercises/rules/marker.ts'
import type { Message } from '../port.ts'
import { type EventFacts, isPressing, TOLD } from '../rules/recipients.ts'
import { mailWords, pushWords, smsText, voiceWords } from './words.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')

const message = (kind: string, data: Message['data'] = {}, locale: 'fr' | 'en' = 'fr'): Message => ({
  id: 1,
  key: 'permanence-1',
  accountId: 1,
  kind,
  data,
  caseId: null,
  incidentId: null,
  dedupeKey: kind,
  exerciseId: null,
  locale,
  role: null,
  createdAt: new Date(0),
  sentAt: new Date(0),
  pressing: true,
  attempts: 1,
})
const said = (...given: Parameters<typeof message>) => {
  const { sentence, keys } = voiceWords(message(...given))
  return `${sentence} ${keys}`.replace(/[\u00a0\u202f]/g, ' ')
}

describe('a telephone says', () => {
  test.each([
    [
      'to whom the ladder calls',
      said('crisis_called', { level: 4, numbers: '15' }),
      'Permanence. Cellule de crise proposée. Niveau 4. Appels au 15. Tapez 1 pour prendre l’appel, 2 si vous ne pouvez pas.',
    ],
    [
      'that a test is one',
      said('way_test'),
      'Permanence. Ceci est un essai : rien n’est en panne. Tapez 1 pour confirmer.',
    ],
    [
      'what waits for an authority, and no key that calls another',
      said('notice_issued', { level: '', numbers: 'none' }),
      'Permanence. Un avis de l’opérateur vous attend. Tapez 1 pour confirmer.',
    ],
    [
      'the same in the reader’s language',
      said('case_reported', { level: 3 }, 'en'),
      'Permanence. New serious report. Level 3. Press 1 to confirm.',
    ],
    [
      'of a kind it has no sentence for',
      said('nothing_known'),
      'Permanence. Un message vous attend. Tapez 1 pour confirmer.',
    ],
  ])('%s', (_, heard, expected) => {
    expect(heard).toBe(expected)
  })
})

it('whatever may ring has a sentence of its own, in both languages', () => {
  const worst: EventFacts = {
    level: 4,
    side: 'reporter',
    step: 3,
    toLevel: 4,
    visibility: 'public',
    proposed: 'crisis',
    routed: false,
  }
  const pressing = (Object.keys(TOLD) as EventName[]).filter((event) => isPressing(event, worst))
  const kinds = [
    ...pressing.map((event) => event.replace('.', '_')),
    'case_of_attached',
    'digest',
    'way_test',
  ]
  for (const locale of ['fr', 'en'] as const) {
    const other = voiceWords(message('nothing_known', {}, locale)).sentence
    expect(kinds.filter((kind) => voiceWords(message(kind, {}, locale)).sentence === other)).toEqual([])
  }
})

const LEAVES = ['crisis_called', 'crisis_activated', 'proposal_made', 'case_reported', 'digest']
const GOES_BY: [string, (played: Message) => string][] = [
  ['SMS that may be answered', (played) => smsText(played, true)],
  ['SMS', (played) => smsText(played, false)],
  ['telephone', (played) => `${voiceWords(played).sentence} ${voiceWords(played).keys}`],
  ['telephone, after key 1', (played) => voiceWords(played).noted],
  ['telephone, after key 2', (played) => voiceWords({ ...played, kind: 'crisis_called' }).passedOn],
  ['subject of a letter', (played) => mailWords(played).subject],
  ['letter', (played) => mailWords(played).text],
  ['browser', (played) => pushWords(played)],
]

test.each(GOES_BY)('by %s every word of an exercise begins and ends with its marker', (_, said) => {
  const data = {
    level: 4,
    numbers: '15',
    reference: 'EX-2026-000001-1',
    by: 'clock',
    territory: '59',
    organisation: '',
    incident: '',
    name: '',
  }
  for (const kind of LEAVES)
    for (const locale of ['fr', 'en'] as const) {
      const words = said({ ...message(kind, data, locale), exerciseId: 7 })
      expect([kind, words.startsWith(MARKER), words.replace(/\.$/, '').endsWith(MARKER)]).toEqual([
        kind,
        true,
        true,
      ])
      expect(said(message(kind, data, locale))).not.toContain('EXERCICE')
    }
})
