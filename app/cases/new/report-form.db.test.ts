import { expect, test } from 'vitest'
import { changeCallback } from '#app/cases/commands/change-callback.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { callbackInput, reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { filledAgain } from './again.ts'
import { reportForm } from './input.ts'
import { placesSaid } from './places-said.ts'

const { owner } = await createTestDatabase()
const { samu59, samu37, pref59 } = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')
await owner`insert into commune (code, name, departement_code, postcodes, population, search) values
  ('59350', 'Lille', '59', '{59000,59800}', 236000, 'lille 59000 59800'),
  ('59378', 'Marcq-en-Barœul', '59', '{59700}', 39000, 'marcq en baroeul 59700'),
  ('59512', 'Roubaix', '59', '{59100}', 98000, 'roubaix 59100'),
  ('93066', 'Saint-Denis', '93', '{93200}', 113000, 'saint denis 93200'),
  ('97411', 'Saint-Denis', '974', '{97400}', 153000, 'saint denis 97400') on conflict do nothing`

const report = { submissionId: crypto.randomUUID(), numbers: ['15'], symptom: 'NO_RING', territoryCode: '59' }

test.each([
  ['nothing', {}],
  ['a blank', { callbackPhone: '  ' }],
])('a form with %s for call-back number is refused beside its field', (_, typed) => {
  const read = reportForm.safeParse({ ...report, ...typed })
  expect(read.error?.issues).toMatchObject([{ path: ['callbackPhone'], message: 'cases.invalid.callback' }])
})

test.each<[string, string, string[], string | null]>([
  ['lille', '59', ['59350'], null],
  ['Lille, Roubaix', '59', ['59350', '59512'], null],
  ['lille et marcq en baroeul', '59', ['59350', '59378'], null],
  ['59700', '59', ['59378'], null],
  ['Saint-Denis', '974', ['97411'], null],
  ['Saint-Denis', 'FR', [], 'commune_several'],
  ['le hameau du moulin', '59', [], 'commune_none'],
  ['Lille, le hameau du moulin', '59', ['59350'], 'commune_none'],
])('%j typed for %s', async (typed, territory, codes, why) => {
  const said = await placesSaid(samu59, typed, territory)
  expect(said.codes).toEqual(codes)
  expect(said.fault?.key ?? null).toBe(why && `cases.invalid.${why}`)
})

const sent = async () => {
  const input = {
    ...report,
    submissionId: crypto.randomUUID(),
    callbackPhone: '0639980042',
    communeWords: 'le moulin',
  }
  const made = await reportCase(samu59, reportInput.parse(input), now)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.reference
}
const kept = (reference: string) =>
  owner`select callback_phone, commune_words from cases where reference = ${reference}`
const change = (reference: string, callbackPhone: string) => callbackInput.parse({ reference, callbackPhone })

test('the words of the place are kept, and the number is changed by its reporter alone', async () => {
  const reference = await sent()
  expect(await kept(reference)).toEqual([{ callback_phone: '+33639980042', commune_words: 'le moulin' }])
  expect(await changeCallback(samu37, change(reference, '0639980043'), now)).toMatchObject({
    reason: { key: 'cases.refused.absent' },
  })
  expect(await changeCallback(pref59, change(reference, '0639980043'), now)).toMatchObject({
    reason: { key: 'cases.refused.absent' },
  })
  expect(await changeCallback(samu59, change(reference, '15'), now)).toMatchObject({
    fields: { callbackPhone: { key: 'directory.invalid.phone_short' } },
  })
  expect(await changeCallback(samu59, change(reference, '06 39 98 00 43'), now)).toMatchObject({ ok: true })
  expect(await kept(reference)).toMatchObject([{ callback_phone: '+33639980043' }])
  const lines = await owner`select text, data from journal where event = 'case.callback_changed'`
  expect(JSON.stringify(lines)).not.toMatch(/39980043|39 98 00 43/)
})

test('the last report in one tap is filled with its facts, and with the post and the number of whom sent it for himself alone', async () => {
  const input = {
    ...report,
    submissionId: crypto.randomUUID(),
    reporterPost: 'Régulation',
    callbackPhone: '0639980042',
  }
  const made = await reportCase(samu59, reportInput.parse(input), now)
  if (!made.ok) throw new Error(JSON.stringify(made))
  const { reference } = made.value
  expect((await filledAgain(samu59, reference))?.values).toMatchObject({
    numbers: ['15'],
    reporterPost: 'Régulation',
    callbackPhone: expect.stringMatching(/39 98 00 42/),
  })
  const colleague = { ...samu59, accountId: samu37.accountId, name: 'Une collègue' }
  const filled = (await filledAgain(colleague, reference))?.values
  expect(filled).toMatchObject({ numbers: ['15'], reporterName: 'Une collègue' })
  expect(Object.keys(filled ?? {})).not.toEqual(expect.arrayContaining(['reporterPost']))
  expect(filled).not.toHaveProperty('callbackPhone')
})
