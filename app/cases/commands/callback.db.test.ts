import { expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reportInput } from '../input.ts'
import { reportCase } from './report.ts'

const { owner } = await createTestDatabase()
const { samu59 } = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
await owner`insert into territory (code, kind, name, time_zone) values
  ('988', 'departement', 'Nouvelle-Calédonie', 'Pacific/Noumea') on conflict do nothing`

const report = (callbackPhone: string, territoryCode: string) => {
  const submissionId = crypto.randomUUID()
  const typed = { submissionId, numbers: ['15'], symptom: 'NO_RING', territoryCode, callbackPhone }
  return reportCase(samu59, reportInput.parse(typed), now)
}

test.each([
  ['01 99 00 12 34', '59', '+33199001234'],
  ['0692 12 34 56', '974', '+262692123456'],
  ['27 12 34', '988', '+687271234'],
  ['+32 2 123 45 67', '59', '+3221234567'],
])('%j given in %s is called back at %s', async (typed, territory, kept) => {
  const made = await report(typed, territory)
  if (!made.ok) throw new Error(JSON.stringify(made))
  const [row] = await owner`select callback_phone from cases where reference = ${made.value.reference}`
  expect(row).toEqual({ callback_phone: kept })
})

test.each([
  ['15', '59', 'phone_short'],
  ['112', '988', 'phone_short'],
  ['199001234', '59', 'phone_lost_zero'],
  ['demander Camille', '59', 'phone_none'],
])('%j in %s is refused beside its field: no case', async (typed, territory, why) => {
  const [before] = await owner`select count(*)::int as n from cases`
  expect(await report(typed, territory)).toMatchObject({
    fields: { callbackPhone: { key: `directory.invalid.${why}`, values: { found: typed } } },
  })
  expect(await owner`select count(*)::int as n from cases`).toEqual([before])
})
