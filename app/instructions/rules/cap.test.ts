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
  sentAt: new Date('2026-11-23T16:50:12.345Z'),
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
  exercise: false,
  over: false,
  inForceAt: new Date('2026-11-23T16:50:12Z'),
  area: { name: 'Hauts-de-France', insee: ['02', '59', '60', '62', '80'] },
}
const EXERCISE = 'EXERCICE EXERCICE EXERCICE'

describe('a CAP 1.2 message', () => {
  it.each([
    ['restricted', {}],
    ['public', { scope: 'Public' }],
    ['in an exercise', { exercise: true }],
    ['the all clear', { over: true }],
    ['the all clear of an exercise', { over: true, exercise: true, scope: 'Public' }],
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
    const xml = capOf({ ...FACTS, exercise: true })
    expect(xml).toContain('<status>Exercise</status>')
    for (const name of ['headline', 'description', 'instruction'])
      expect(xml).toMatch(new RegExp(`<${name}>${EXERCISE}`))
    expect(capOf(FACTS)).not.toContain('EXERCICE')
  })

  it('the all clear cancels the alert by its name', () => {
    expect(capOf({ ...FACTS, over: true })).toContain(
      '<references>tel:0199000015,tel:0199000015.consigne-12.alerte,2026-11-23T16:50:12-00:00</references>',
    )
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
