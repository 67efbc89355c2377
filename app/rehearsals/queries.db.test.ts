import { expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { fourCentres } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { rehearseThreshold } from './queries.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-05-04T09:00:00Z')
const later = new Date('2026-06-04T09:00:00Z')

test('a desk that has heard nothing answers with the drills alone', async () => {
  const found = await rehearseThreshold(people.admin, { key: 'proposeDays', value: 75 }, T0)
  expect(found.past).toBeNull()
  const national = found.drills.find((one) => one.id === 'fr-2021-06-02-orange-national')
  expect(national?.tried.proposed).toBeLessThanOrEqual(12)
  expect(found.drills.find((one) => one.id === 'fr-temoin-journee-ordinaire')?.tried).toEqual({
    proposed: null,
    active: null,
  })
})

test('what a threshold would have done on its own past, and nothing is changed by looking', async () => {
  await fourCentres(people, T0)
  const before =
    await owner`select (select count(*)::int from journal) as lines, (select count(*)::int from threshold) as changed`
  const found = await rehearseThreshold(people.admin, { key: 'proposeDays', value: 36_500 }, later)
  expect(found).toMatchObject({
    past: { reports: 4, from: T0 },
    inForce: { proposed: 1, activated: 1 },
    tried: { proposed: 0 },
  })
  // a drill follows the clock that is tried; one seen only after the end of its clock has no less time to answer
  const shorter = await rehearseThreshold(people.admin, { key: 'clockMin', value: 15 }, later)
  const national = shorter.drills.find((one) => one.id === 'fr-2021-06-02-orange-national')
  expect(national?.tried.active).toBeLessThan(national?.inForce.active ?? 0)
  expect(
    await owner`select (select count(*)::int from journal) as lines, (select count(*)::int from threshold) as changed`,
  ).toEqual(before)
})
