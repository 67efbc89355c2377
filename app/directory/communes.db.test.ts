import { expect, it } from 'vitest'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { communeTyped } from './communes.ts'

const { owner } = await createTestDatabase()
const { admin } = await makePeople(owner)

it.each([
  ['nothing typed', null, '59', { code: null }],
  ['a name, though another begins so', 'lille', '59', { code: '59350' }],
  ['a postcode', '59800', '75', { code: '59350' }],
  ['an Insee code', '29019', '75', { code: '29019' }],
  ['what the form shows', 'Lille (59350)', '75', { code: '59350' }],
  ['the same name elsewhere: the territory decides', 'Saint-Denis', '974', { code: '97411' }],
  ['a name nobody has', 'Zut-sur-Mer', '59', { fault: 'directory.invalid.commune' }],
])('%s', async (_, typed, departement, meant) => {
  expect(await asActor(admin, (tx) => communeTyped(tx, typed, departement))).toEqual(meant)
})

it.each([
  ['one name in two other territories', 'Saint-Denis', '59', ['Saint-Denis (93066)', 'Saint-Denis (97411)']],
  [
    'the Insee code of one that is the postcode of another',
    '59350',
    '59',
    ['Lille (59350)', 'Saint-André-lez-Lille (59527)'],
  ],
])('asks which: %s', async (_, typed, departement, names) => {
  const answer = await asActor(admin, (tx) => communeTyped(tx, typed, departement))
  expect(answer).toMatchObject({ fault: 'directory.invalid.commune_several' })
  for (const name of names) expect(JSON.stringify(answer)).toContain(name)
})
