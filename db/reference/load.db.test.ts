import { expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { loadReference } from './load.ts'
import { NUMBERS } from './numbers.ts'
import { TERRITORIES } from './territories.ts'

const { owner } = await createTestDatabase()

async function counts() {
  const [row] = await owner`select (select count(*)::int from territory) as territories,
    (select count(*)::int from commune) as communes, (select count(*)::int from emergency_number) as numbers`
  return row
}

test('loaded by the migration; loading again writes nothing', async () => {
  const before = await counts()
  expect(before).toMatchObject({ territories: TERRITORIES.length, numbers: NUMBERS.length })
  expect(before?.communes).toBeGreaterThan(34_500)
  // the transaction that last wrote each row
  const written = async () =>
    (await owner`select sum(xmin::text::bigint)::text as by, count(*)::int as n from commune`)[0]
  const first = await written()
  await loadReference(owner)
  expect(await written()).toEqual(first)
  expect(await counts()).toEqual(before)
})

test('a new version is written over the old one and keeps what an administrator set on a number', async () => {
  await owner`update setting set value = '"older"' where key = 'reference.version'`
  await owner`update emergency_number set vital = true where number = '115'`
  await owner`delete from commune where code = '35238'`
  await loadReference(owner)
  expect(await owner`select vital from emergency_number where number = '115'`).toEqual([{ vital: true }])
  expect(await owner`select name, departement_code, postcodes from commune where code = '35238'`).toEqual([
    { name: 'Rennes', departement_code: '35', postcodes: ['35000', '35200', '35700'] },
  ])
})
