import { expect, test } from 'vitest'
import { proposedName } from './name.ts'

const once = (...codes: string[]) => codes.map((code) => ({ code, cases: 1 }))

test.each([
  ['nothing known', [], [], ''],
  ['one place', ['15'], once('59'), '15 – Nord'],
  ['numbers as they are said', ['112', '15', '18'], once('59'), '15 · 18 · 112 – Nord'],
  [
    'the most touched first',
    ['15'],
    [
      { code: '59', cases: 1 },
      { code: '62', cases: 4 },
    ],
    '15 – Pas-de-Calais, Nord',
  ],
  [
    'three places, one by one',
    ['15'],
    once('22', '29', '35'),
    "15 – Côtes-d'Armor, Finistère, Ille-et-Vilaine",
  ],
  ['four of one region', ['15'], once('22', '29', '35', '56'), '15 – Bretagne'],
  ['of several regions and one zone', ['15'], once('22', '29', '35', '44'), '15 – Zone Ouest'],
  [
    'of several zones',
    ['15'],
    once('22', '29', '35', '59', '69'),
    "15 – Côtes-d'Armor, Finistère, Ille-et-Vilaine + 2",
  ],
  ['overseas', ['15'], once('974'), '15 – La Réunion'],
  ['a place of a drill from elsewhere', ['112'], once('DE-BY'), '112 – DE-BY'],
  ['no number', [], once('59'), 'Nord'],
])('%s', (_, numbers, territories, expected) => {
  expect(proposedName({ numbers, territories })).toBe(expected)
})
