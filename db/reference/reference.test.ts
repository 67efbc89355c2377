import { expect, test } from 'vitest'
import { ROLES } from '#db/schema/account.ts'
import { CHANNELS, FALLBACKS, VERIFICATIONS } from '#db/schema/cases.ts'
import { ORGANISATION_KINDS } from '#db/schema/directory.ts'
import causesEn from '../../app/_i18n/messages/en/causes.json' with { type: 'json' }
import symptomsEn from '../../app/_i18n/messages/en/symptoms.json' with { type: 'json' }
import vocabularyEn from '../../app/_i18n/messages/en/vocabulary.json' with { type: 'json' }
import causesFr from '../../app/_i18n/messages/fr/causes.json' with { type: 'json' }
import symptomsFr from '../../app/_i18n/messages/fr/symptoms.json' with { type: 'json' }
import vocabularyFr from '../../app/_i18n/messages/fr/vocabulary.json' with { type: 'json' }
import { readCommunes } from './communes.ts'
import { NUMBERS } from './numbers.ts'
import { SYMPTOM_CODES } from './symptoms.ts'
import { DEPARTEMENTS, TERRITORIES, ZONES } from './territories.ts'
import { CAUSES, DIRECTIONS, SITE_ACCESS, TECHNOLOGIES } from './vocabulary.ts'

const codes = new Set(TERRITORIES.map((one) => one.code))

test('109 départements and collectivities, 26 regions, 12 zones, one country, each code once', () => {
  const count = (kind: string) => TERRITORIES.filter((one) => one.kind === kind).length
  expect([count('departement'), count('region'), count('zone'), count('country')]).toEqual([109, 26, 12, 1])
  expect(codes.size).toBe(TERRITORIES.length)
})

test('every région is in one zone at most, and only Saint-Pierre-et-Miquelon and Clipperton in none', () => {
  const listed = ZONES.flatMap((zone) => zone.regions)
  expect(new Set(listed).size).toBe(listed.length)
  expect(listed.every((region) => codes.has(`R${region}`))).toBe(true)
  expect(DEPARTEMENTS.filter((one) => !one.zoneCode).map((one) => one.code)).toEqual(['975', '989'])
})

test('every time zone is one this machine knows; overseas is never on Paris time', () => {
  for (const { code, timeZone } of TERRITORIES) {
    expect(() => new Intl.DateTimeFormat('fr', { timeZone }), code).not.toThrow()
    if (/^9[78]/.test(code)) expect(timeZone, code).not.toBe('Europe/Paris')
  }
})

test('some 35 000 present communes, each in a known département', () => {
  const communes = readCommunes()
  expect(communes.length).toBeGreaterThan(34_500)
  expect(communes.length).toBeLessThan(35_500)
  expect(new Set(communes.map((one) => one.code)).size).toBe(communes.length)
  const known = new Set(DEPARTEMENTS.map((one) => one.code))
  expect(communes.filter((one) => !known.has(one.departementCode))).toEqual([])
  const saintEtienne = communes.find((one) => one.code === '42218')
  expect(saintEtienne?.search).toMatch(/^saint etienne 42000/)
})

test('the numbers of the domain, the vital ones and those of the legal thresholds', () => {
  expect(NUMBERS).toHaveLength(13)
  expect(NUMBERS.filter((one) => one.vital).map((one) => one.number)).toEqual([
    '15',
    '17',
    '18',
    '112',
    '114',
    '196',
  ])
  expect(NUMBERS.filter((one) => one.legalAlert).map((one) => one.number)).toEqual(['15', '17', '18', '112'])
})

const words: [string, readonly string[], object, object][] = [
  ['symptoms', SYMPTOM_CODES, symptomsFr, symptomsEn],
  ['causes', CAUSES, causesFr, causesEn],
  ['technology', TECHNOLOGIES, vocabularyFr.technology, vocabularyEn.technology],
  ['siteAccess', SITE_ACCESS, vocabularyFr.siteAccess, vocabularyEn.siteAccess],
  ['direction', DIRECTIONS, vocabularyFr.direction, vocabularyEn.direction],
  ['fallback', FALLBACKS, vocabularyFr.fallback, vocabularyEn.fallback],
  ['role', ROLES, vocabularyFr.role, vocabularyEn.role],
  ['channel', CHANNELS, vocabularyFr.channel, vocabularyEn.channel],
  ['verification', VERIFICATIONS, vocabularyFr.verification, vocabularyEn.verification],
  ['organisationKind', ORGANISATION_KINDS, vocabularyFr.organisationKind, vocabularyEn.organisationKind],
]

test.each(words)('%s: every code has words in both languages, and nothing else has', (_, known, fr, en) => {
  expect(Object.keys(fr).sort()).toEqual([...known].sort())
  expect(Object.keys(en).sort()).toEqual([...known].sort())
})
