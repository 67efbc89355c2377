import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type CapFacts, capOf } from './cap.ts'

const schema = readFileSync(new URL('./cap-1.2.fixture.xsd', import.meta.url), 'utf8')

async function faultsOf(xml: string): Promise<string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'cap.xml', contents: xml }], schema: [schema] })
  return errors.map((one) => one.message)
}

const FACTS: CapFacts = {
  number: 12,
  operator: 'Réseau Modèle',
  sender: 'tel:0199000015',
  endsAt: new Date('2026-11-23T20:00:00Z'),
  slots: {
    who: 'Réseau Modèle',
    fails: 'Le 15 ne répond pas',
    where: 'Nord & alentours',
    todo: 'Composez le 112',
    until: 'Jusqu’à nouvel avis',
  },
  allClear: 'Le 15 répond <de nouveau>.',
  scope: 'Restricted',
  exercise: null,
  inForceAt: new Date('2026-11-23T16:50:12.345Z'),
  replaces: null,
  allClearAt: null,
  area: { name: 'Hauts-de-France', insee: ['02', '59', '60', '62', '80'] },
}
const OVER = { allClearAt: new Date('2026-11-23T18:00:00Z') }
const FORMER = { replaces: { number: 9, inForceAt: new Date('2026-11-23T15:00:00Z') } }
const EXERCISE = 'EXERCICE EXERCICE EXERCICE'

describe('a CAP 1.2 message', () => {
  it.each([
    ['restricted', {}],
    ['public', { scope: 'Public' }],
    ['in an exercise', { exercise: 3 }],
    ['the next version', FORMER],
    ['the all clear', OVER],
    ['the all clear of a next version', { ...FORMER, ...OVER }],
    ['the all clear of an exercise', { ...OVER, exercise: 3, scope: 'Public' }],
    ['one département overseas', { area: { name: 'La Réunion', insee: ['974'] } }],
  ] as [string, Partial<CapFacts>][])('%s, as the standard wants it', async (_, over) => {
    expect(await faultsOf(capOf({ ...FACTS, ...over }))).toEqual([])
  })

  it('says its language, its places and its scope', () => {
    const xml = capOf(FACTS)
    expect(xml).toContain('<language>fr-FR</language>')
    expect(xml).toContain('<scope>Restricted</scope>')
    expect(xml).toContain('<restriction>')
    expect(xml.match(/<valueName>INSEE<\/valueName>/g)).toHaveLength(5)
    expect(xml).toContain('<sent>2026-11-23T16:50:12-00:00</sent>')
    expect(capOf({ ...FACTS, scope: 'Public' })).not.toContain('<restriction>')
  })

  it('of an exercise, says so in its status and around each word that is read', () => {
    const xml = capOf({ ...FACTS, exercise: 3 })
    expect(xml).toContain('<status>Exercise</status>')
    for (const name of ['headline', 'description', 'instruction'])
      expect(xml).toMatch(new RegExp(`<${name}>${EXERCISE}`))
    // Each exercise counts from one, as the world does: no two alerts have one name.
    expect(xml).toContain('<identifier>tel:0199000015.exercice-3.consigne-12.alerte</identifier>')
    expect(capOf(FACTS)).not.toMatch(/exercice/i)
  })

  it.each([
    ['the first version', {}, 'Alert', null],
    ['the next version', FORMER, 'Update', 'consigne-9.alerte,2026-11-23T15:00:00-00:00'],
    ['the all clear', OVER, 'Cancel', 'consigne-12.alerte,2026-11-23T16:50:12-00:00'],
    [
      'the all clear of a next version',
      { ...FORMER, ...OVER },
      'Cancel',
      'consigne-12.alerte,2026-11-23T16:50:12-00:00',
    ],
  ])('%s says what becomes of which alert', (_, over, type, reference) => {
    const xml = capOf({ ...FACTS, ...over })
    expect(xml).toContain(`<msgType>${type}</msgType>`)
    expect(/<references>tel:0199000015,tel:0199000015\.(.*)<\/references>/.exec(xml)?.[1] ?? null).toBe(
      reference,
    )
    expect(xml.includes('AllClear')).toBe('allClearAt' in over)
  })

  it('whatever is typed, it stays one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        const xml = capOf({ ...FACTS, slots: { ...FACTS.slots, todo: text }, operator: text })
        expect(await faultsOf(xml)).toEqual([])
      }),
      { numRuns: 15 },
    )
  })
})

describe('the schema is not blind: counter-proof', () => {
  const good = capOf(FACTS)
  it.each([
    ['a status of nobody', good.replace('Actual', 'Real')],
    ['an hour with fractions', good.replace('16:50:12-00:00', '16:50:12.345Z')],
    ['an hour of zone Z', good.replace('16:50:12-00:00', '16:50:12Z')],
    ['no event', good.replace(/<event>.*<\/event>/, '')],
    ['elements in another order', good.replace(/( {4}<urgency>.*\n)( {4}<severity>.*\n)/, '$2$1')],
    ['a sender with a space', good.replace('<sender>tel:', '<sender>tel: ')],
    ['an element of its own', good.replace('<info>', '<frAlert>1</frAlert><info>')],
    ['a geocode without a value', good.replace('<value>02</value>', '')],
  ])('%s is refused', async (_, bad) => {
    expect(bad).not.toBe(good)
    expect(await faultsOf(bad)).not.toEqual([])
  })
})

/** As read in the schema that OASIS published, by another hand than the transcription: ? at most once, * any number, + at least one. */
const PUBLISHED = {
  alert:
    'identifier sender sent status msgType source? scope restriction? addresses? code* note? references? incidents? info*',
  info: 'language? category+ event responseType* urgency severity certainty audience? eventCode* effective? onset? expires? senderName? headline? description? instruction? web? contact? parameter* resource* area*',
  resource: 'resourceDesc mimeType size? uri? derefUri? digest?',
  area: 'areaDesc polygon* circle* geocode* altitude? ceiling?',
  named: 'valueName value',
}
const LISTED = {
  status: 'Actual Exercise System Test Draft',
  msgType: 'Alert Update Cancel Ack Error',
  scope: 'Public Restricted Private',
  category: 'Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other',
  responseType: 'Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None',
  urgency: 'Immediate Expected Future Past Unknown',
  severity: 'Extreme Severe Moderate Minor Unknown',
  certainty: 'Observed Likely Possible Unlikely Unknown',
}

describe('our transcription holds what the published schema holds', () => {
  const held: Record<string, string[]> = {}
  const listed: Record<string, string[]> = {}
  const owners: string[] = []
  const add = (to: Record<string, string[]>, one: string) => {
    const owner = owners.at(-1) ?? ''
    to[owner] = [...(to[owner] ?? []), one]
  }
  for (const { groups = {} } of schema.matchAll(
    /<(?<end>\/?)xs:(?<kind>element|complexType|enumeration)\b(?<said>[^>]*?)(?<alone>\/?)>/g,
  )) {
    const said = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(groups.said ?? '')?.[1]
    const name = said('name')
    if (groups.end) owners.pop()
    else if (groups.kind === 'enumeration') add(listed, said('value') ?? '')
    else {
      const many = said('maxOccurs') === 'unbounded'
      const none = said('minOccurs') === '0'
      if (groups.kind === 'element' && owners.length > 0)
        add(held, `${name}${many ? (none ? '*' : '+') : none ? '?' : ''}`)
      // A type without a name is its element's.
      if (!groups.alone) owners.push(name ?? owners.at(-1) ?? '')
    }
  }
  it.each(Object.entries(PUBLISHED))('%s', (name, wanted) => expect(held[name]?.join(' ')).toBe(wanted))
  it.each(Object.entries(LISTED))('%s', (name, wanted) => expect(listed[name]?.join(' ')).toBe(wanted))
})
