import { beforeAll, expect, test } from 'vitest'
import { seedDirectory } from '#app/_demo/directory.ts'
import { loadReference } from '#db/reference/load.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { searchDirectory, searchOrganisations } from './search.ts'

const { owner } = await createTestDatabase()
const { agent } = await makePeople(owner)

beforeAll(async () => {
  await loadReference(owner)
  // Two SAMU of one département are none of this test's business.
  await owner`update organisation set active = false`
  await seedDirectory(owner, new Date('2026-11-23T10:00:00Z'))
})

const search = (typed: string) => asActor(agent, (tx) => searchDirectory(tx, typed))

// What the rule ranks (rules/caller-rank.test.ts) must first be read: by place, by kind, by words, by digits.
test.each([
  ['préfecture du rhône', 'Préfecture du Rhône'],
  ['préfecture 69', 'Préfecture du Rhône'],
  ['préf. bouche du rhone', 'Préfecture des Bouches-du-Rhône'],
  ['CRRA Tours', 'SAMU 37 – Indre-et-Loire'],
  ['codis 2 a', 'SDIS 2A – Corse-du-Sud'],
  ['le 15 du nord', 'SAMU 59 – Nord'],
  ['samu st denis de la réunion', 'SAMU 974 – La Réunion'],
  ['ARS Rennes', 'ARS de Bretagne'],
  ['CROSS Étel', 'CROSS Étel'],
  ['samu rhô', 'SAMU 69 – Rhône'],
  ['monsieur Dugenou du samu 59', 'SAMU 59 – Nord'],
])('« %s » : %s', async (typed, first) => {
  expect((await search(typed))[0]?.organisation).toBe(first)
})

test('a person of an organisation is found by both names, and by the number in each of its forms', async () => {
  const [one] = await owner<{ name: string; phone: string; organisation: string }[]>`
    select c.name, c.phone, o.name as organisation from contact c join organisation o on o.id = c.organisation_id
    where o.name = 'SDIS 38 – Isère' and c.call_back`
  if (!one) throw new Error('no such person')
  for (const typed of [
    `${one.name} isère`,
    `sdis 38 ${one.name}`,
    one.phone,
    `sdis ${one.phone}`,
    `0${one.phone.slice(3)}`,
  ])
    expect((await search(typed))[0], typed).toMatchObject({
      contact: one.name,
      organisation: one.organisation,
    })
})

test('of one organisation, who is to be called back stands first; the cell itself is no caller', async () => {
  const found = await search('samu 69')
  const called =
    await owner`select name from contact where call_back and name in ${owner(found.map((one) => one.contact ?? ''))}`
  expect(called.map((row) => row.name)).toContain(found[0]?.contact)
  expect(await search('cellule d’accueil')).toEqual([])
})

test.each(['', '   ', 'de la', 'xyzzy', '100%', '\\', "'; drop"])('%j finds nobody', async (typed) => {
  expect(await search(typed)).toEqual([])
})

test.each([
  ['préfecture du rhône', 'Préfecture du Rhône'],
  ['SAMU 69 – Rhône', 'SAMU 69 – Rhône'],
  ['cellule d’accueil', 'Cellule d’accueil'],
])('an administrator who types « %s » is offered first %s', async (typed, first) => {
  expect((await searchOrganisations(agent, typed))[0]?.name).toBe(first)
})

test('a name that nobody bears is nobody’s: half of it is not taken for the whole', async () => {
  expect(await searchOrganisations(agent, 'SAMU 69 bis')).toEqual([])
})
