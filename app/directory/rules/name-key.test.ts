import fc from 'fast-check'
import { expect, it } from 'vitest'
import { meant, nameKey } from './name-key.ts'

it.each([
  ['SAMU 59 – Nord', 'SAMU 59 - Nord'],
  ['SAMU 59 – Nord', 'SAMU 59 — Nord'],
  ['SAMU 59 – Nord', 'samu 59 nord'],
  ['SAMU 59 – Nord', 'SAMU59-NORD'],
  ['SAMU 59 – Nord', ' SAMU\u00a059 \u2011 Nord '],
  ['SAMU 59 – Nord', 'SAMU\u200b 59 – Nord'],
  ['Préfecture de l’Ain', "PREFECTURE DE L'AIN"],
  ['Préfecture de l’Ain', 'Pre\u0301fecture de l`Ain'],
  ['CIC police « Lille » (59)', 'CIC police Lille 59'],
  ['Cœur de Flandre', 'Coeur de Flandre'],
  ['St. Omer', 'St Omer'],
  ['ＳＡＭＵ 59', 'SAMU 59'],
])('%j and %j are one name', (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other))
})

it.each([
  ['SAMU 59', 'SAMU 5 9'],
  ['SAMU 59', 'SAMU 62'],
  ['Centre 1', 'Centre 11'],
  ['SDIS 59', 'SAMU 59'],
])('%j and %j are two', (one, other) => {
  expect(nameKey(one)).not.toBe(nameKey(other))
})

it('folding twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(nameKey(nameKey(name))).toBe(nameKey(name))
    }),
  )
})

it('the one written exactly so is meant, else the only one, else nobody knows', () => {
  const [dash, long] = [{ name: 'A - B' }, { name: 'A – B' }]
  expect(meant('A – B', [dash, long])).toBe(long)
  expect(meant('a b', [dash])).toBe(dash)
  expect(meant('a b', [dash, long])).toBeNull()
  expect(meant('a b', [long, long])).toBeNull()
})
