import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reportInput } from '../input.ts'
import { reportCase } from './report.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)

test('the first reports of a year, all at once: each gets a number of its own', async () => {
  const newYear = new Date('2027-01-01T00:00:00Z')
  const report = () =>
    reportInput.parse({
      submissionId: randomUUID(),
      numbers: ['15'],
      symptom: 'NO_RING',
      territoryCode: '59',
    })
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => reportCase(people.samu59, report(), newYear)),
  )
  const references = answers.map((one) => (one.ok ? one.value.reference : one.reason.key))
  expect(new Set(references).size).toBe(8)
  for (const reference of references) expect(reference).toMatch(/^2027-00000[1-8]-\d$/)
})
