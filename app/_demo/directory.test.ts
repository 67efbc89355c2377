import { expect, test } from 'vitest'
import { DEPARTEMENTS, TERRITORIES } from '#db/reference/territories.ts'
import { BSPP_TERRITORIES, demoOrganisations, UNINHABITED } from './organisations.ts'
import { person } from './persons.ts'
import { FICTION, type FictionRange, isFiction, numberGiver } from './phone-numbers.ts'

const all = demoOrganisations()
const withKind = (kind: string) => all.filter((one) => one.kind === kind).map((one) => one.territory)
const inhabited = DEPARTEMENTS.map((one) => one.code).filter((code) => !UNINHABITED.includes(code))

test('every département has a préfecture; every inhabited one its centres and a hospital', () => {
  expect(withKind('prefecture')).toHaveLength(109)
  for (const kind of ['samu', 'police', 'hospital']) expect(withKind(kind), kind).toEqual(inhabited)
  const ownCentres = inhabited.filter((code) => !BSPP_TERRITORIES.includes(code))
  for (const kind of ['sdis', 'gendarmerie']) expect(withKind(kind), kind).toEqual(ownCentres)
})

test('zones, health agencies and national authorities see their territory, and a centre sees none', () => {
  const known = new Set(TERRITORIES.map((one) => one.code))
  for (const { name, territory, sees } of all)
    expect(
      [territory, ...sees].every((code) => known.has(code)),
      name,
    ).toBe(true)
  expect(withKind('coz')).toHaveLength(12)
  expect(withKind('ars')).toHaveLength(18)
  expect(all.filter((one) => one.sees.includes('FR')).map((one) => one.kind)).toEqual([
    'cogic',
    'corruss',
    'cced',
  ])
  expect(all.filter((one) => one.kind === 'samu').every((one) => one.sees.length === 0)).toBe(true)
})

test('no name twice, and never "CIC" without its service and place', () => {
  const names = all.map((one) => one.name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names.filter((one) => /\bCIC\b/.test(one)))
    expect(name).toMatch(/^CIC police .+ \(\w+\)$/)
  expect(names).toContain('Préfecture du Nord')
  expect(names).toContain('Préfecture de l’Ain')
  expect(names).toContain('Préfecture d’Ille-et-Vilaine')
})

test('numbers of fiction only, each once', () => {
  const give = numberGiver()
  for (const range of Object.keys(FICTION) as FictionRange[]) {
    const given = Array.from({ length: 2_000 }, () => give(range))
    expect(given.every(isFiction)).toBe(true)
    expect(new Set(given).size).toBe(given.length)
  }
  expect(isFiction('0123456789')).toBe(false)
})

test('323 invented persons before one comes again', () => {
  expect(new Set(Array.from({ length: 323 }, (_, n) => person(n))).size).toBe(323)
})
