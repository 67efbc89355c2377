import fc from 'fast-check'
import { expect, test } from 'vitest'
import { demoOrganisations } from '#app/_demo/organisations.ts'
import { readCommunes } from '#db/reference/communes.ts'
import { searchable } from '#db/reference/searchable.ts'
import { TERRITORIES } from '#db/reference/territories.ts'
import { callerAsked } from './caller-asked.ts'
import { type Candidate, callersFound } from './caller-rank.ts'
import { plainKey, townsOf } from './place-words.ts'

const towns = townsOf(readCommunes().filter((one) => one.population >= 5_000))
const named = new Map(TERRITORIES.map(({ code, name }) => [code, name]))

/** As the directory keeps it: the whole demonstration, and what a real one also holds. */
const directory: Candidate[] = [
  ...demoOrganisations().map((one) => ({ ...one, person: one.posts.join(' ') })),
  { kind: 'mairie' as const, name: 'Mairie de Pradelles', territory: '59', person: 'Standard' },
  { kind: 'mairie' as const, name: 'Mairie de Pradelles-en-Val', territory: '11', person: '' },
  { kind: 'operator' as const, name: 'Orange Business', territory: 'FR', person: 'Supervision' },
  { kind: 'hospital' as const, name: 'CH St-Denis', territory: '93', person: 'Standard' },
  {
    kind: 'hospital' as const,
    name: 'CHU de Toulouse',
    territory: '31',
    person: 'Marion Lestage 33199005678 0199005678',
  },
].map((one) => ({
  ...one,
  search: searchable(`${one.name} ${one.kind} ${one.territory} ${named.get(one.territory) ?? ''}`),
}))

const found = (typed: string) => callersFound(callerAsked(typed, towns), directory).map(({ name }) => name)

test.each([
  // as in the complaint
  ['préfecture du rhône', 'Préfecture du Rhône'],
  ['préfecture 69', 'Préfecture du Rhône'],
  // the kind, said in all ways
  ['prefecture rhone', 'Préfecture du Rhône'],
  ['PRÉFECTURE DU RHÔNE', 'Préfecture du Rhône'],
  ['préf. 69', 'Préfecture du Rhône'],
  ['pref du 13', 'Préfecture des Bouches-du-Rhône'],
  ['préfecture bouche du rhone', 'Préfecture des Bouches-du-Rhône'],
  ['SIDPC de l’Ain', 'Préfecture de l’Ain'],
  ['samu 69', 'SAMU 69 – Rhône'],
  ['samu69', 'SAMU 69 – Rhône'],
  ['S.A.M.U. 69', 'SAMU 69 – Rhône'],
  ['69 samu', 'SAMU 69 – Rhône'],
  ['samu 1', 'SAMU 01 – Ain'],
  ['samu du nord', 'SAMU 59 – Nord'],
  ['bonjour ici le samu de la Loire', 'SAMU 42 – Loire'],
  ['samu loire atlantique', 'SAMU 44 – Loire-Atlantique'],
  ['samu haute-loire', 'SAMU 43 – Haute-Loire'],
  ['CRRA 37', 'SAMU 37 – Indre-et-Loire'],
  ['centre 15 de Tours', 'SAMU 37 – Indre-et-Loire'],
  ['le 15 du nord', 'SAMU 59 – Nord'],
  ['15 rhône', 'SAMU 69 – Rhône'],
  ['samu 15', 'SAMU 15 – Cantal'],
  ['sdis 18', 'SDIS 18 – Cher'],
  ['CODIS 2A', 'SDIS 2A – Corse-du-Sud'],
  ['codis 2 a', 'SDIS 2A – Corse-du-Sud'],
  ['cta corse du sud', 'SDIS 2A – Corse-du-Sud'],
  ['CTA-CODIS 38', 'SDIS 38 – Isère'],
  ['pompiers de marseille', 'BMPM – Marseille'],
  ['pompiers de Paris', 'BSPP – Paris et petite couronne'],
  ['sapeurs-pompiers du Val d’Oise', "SDIS 95 – Val-d'Oise"],
  ['corg 35', 'CORG d’Ille-et-Vilaine (35)'],
  ['gendarmerie ille et vilaine', 'CORG d’Ille-et-Vilaine (35)'],
  ['police seine saint denis', 'CIC police de la Seine-Saint-Denis (93)'],
  ['CIC 93', 'CIC police de la Seine-Saint-Denis (93)'],
  ['préfecture de police', 'Préfecture de police (Paris)'],
  ['préfecture de Paris', 'Préfecture de Paris'],
  ['CROSS Étel', 'CROSS Étel'],
  ['cross la garde', 'CROSS La Garde'],
  ['hôpital de Bourg-en-Bresse', 'Centre hospitalier de l’Ain (01)'],
  ['chu toulouse', 'CHU de Toulouse'],
  ['ch saint denis', 'CH St-Denis'],
  ['centre hospitalier st denis', 'CH St-Denis'],
  // towns, regions, zones
  ['samu Lyon', 'SAMU 69 – Rhône'],
  ['c’est le samu de st etienne', 'SAMU 42 – Loire'],
  ['sdis Le Mans', 'SDIS 72 – Sarthe'],
  ['sdis aix en provence', 'SDIS 13 – Bouches-du-Rhône'],
  ['samu 69003', 'SAMU 69 – Rhône'],
  ['ars paca', 'ARS de Provence-Alpes-Côte d’Azur'],
  ['ARS Rennes', 'ARS de Bretagne'],
  ['coz sud-est', 'COZ – Zone Sud-Est'],
  ['zone ouest', 'COZ – Zone Ouest'],
  // overseas
  ['samu 971', 'SAMU 971 – Guadeloupe'],
  ['préfecture guadeloupe', 'Préfecture de la Guadeloupe'],
  ['samu de la réunion', 'SAMU 974 – La Réunion'],
  ['sdis saint-denis de la réunion', 'SDIS 974 – La Réunion'],
  ['samu mayotte', 'SAMU 976 – Mayotte'],
  ['haut commissariat nouméa', 'Haut-commissariat de la République en Nouvelle-Calédonie'],
  ['samu tahiti', 'SAMU 987 – Polynésie française'],
  // national, by its own name, a small town, an operator
  ['cogic', 'COGIC'],
  ['le 114', 'CNR 114'],
  ['mairie de pradelles', 'Mairie de Pradelles'],
  ['orange', 'Orange Business'],
  // half typed
  ['préfecture du rhô', 'Préfecture du Rhône'],
  ['samu bouch', 'SAMU 13 – Bouches-du-Rhône'],
  // persons and numbers, in any form
  ['lestage', 'CHU de Toulouse'],
  ['lestage toulouse', 'CHU de Toulouse'],
  ['01 99 00 56 78', 'CHU de Toulouse'],
  ['+33 (0)1-99-00-56-78', 'CHU de Toulouse'],
  ['0033 1.99.00.56.78', 'CHU de Toulouse'],
  ['tél. : 0199005678', 'CHU de Toulouse'],
  ['chu 01 99 00 56 78', 'CHU de Toulouse'],
  // a word that stands nowhere does not hide what the others say
  ['monsieur Dugenou du samu 59', 'SAMU 59 – Nord'],
])('« %s » : %s', (typed, first) => {
  expect(found(typed)[0]).toBe(first)
})

test.each([
  ['samu rhône', ['SAMU 69 – Rhône', 'SAMU 13 – Bouches-du-Rhône']],
  ['sdis corse', ['SDIS 2A – Corse-du-Sud', 'SDIS 2B – Haute-Corse']],
  ['samu 20', ['SAMU 2A – Corse-du-Sud', 'SAMU 2B – Haute-Corse']],
])('« %s »: the others after it', (typed, names) => {
  expect(found(typed)).toEqual(names)
})

test.each(['', ' ', 'de la', '…', 'xyzzy', '%', '\\', '('])('%j finds nobody', (typed) => {
  expect(found(typed)).toEqual([])
})

const WITH_ALL = TERRITORIES.filter(
  ({ kind, code }) => kind === 'departement' && !['984', '989'].includes(code),
)

test('the SAMU of every département is the first, by its code, its name, in any case and with or without accents', () => {
  const ways = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toUpperCase(),
    (text) => searchable(text),
    (text) => text.replaceAll('-', '–'),
    (text) => text.replaceAll("'", '’'),
  )
  fc.assert(
    fc.property(fc.constantFrom(...WITH_ALL), fc.boolean(), ways, ({ code, name }, byCode, way) => {
      expect(found(way(`SAMU ${byCode ? code : name}`))[0]).toBe(`SAMU ${code} – ${name}`)
    }),
    { numRuns: 150 },
  )
})

test('no two départements have one key', () => {
  const keys = WITH_ALL.map(({ name }) => plainKey(name))
  expect(new Set(keys).size).toBe(keys.length)
})
