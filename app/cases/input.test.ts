import { expect, it } from 'vitest'
import { cellStateInput } from '#app/crisis/input.ts'
import { confirmInput, noteInput, reportInput } from './input.ts'

const NUMBER = '01‑99‑00‑12‑34'
const MASKED = '01 •• •• •• ••'
const REPORT = { submissionId: crypto.randomUUID(), numbers: ['15'], symptom: 'NO_RING', territoryCode: '59' }

/** Wherever a person writes words, a number of ten digits is masked before it is stored; where a code stands it is not. */
it.each([
  'symptomWords',
  'details',
  'told',
  'neighbourNote',
  'callingOperator',
  'reporterName',
  'reporterPost',
] as const)('a report’s %s', (field) => {
  expect(reportInput.parse({ ...REPORT, [field]: `voir ${NUMBER}` })[field]).toBe(`voir ${MASKED}`)
})

it('an operator of tests, a note, who said it, who was told', () => {
  const test = { passed: 1, tried: 2, operator: NUMBER, number: NUMBER }
  const [read] = reportInput.parse({ ...REPORT, tests: [test] }).tests
  expect([read?.operator, read?.number]).toEqual([MASKED, MASKED])
  expect(noteInput.parse({ reference: 'x', text: NUMBER }).text).toBe(MASKED)
  expect(confirmInput.parse({ reference: 'x', tests: [test], saidBy: `Camille ${NUMBER}` }).saidBy).toBe(
    `Camille ${MASKED}`,
  )
  expect(cellStateInput.parse({ to: 'crisis', why: NUMBER, toldTo: [NUMBER] })).toMatchObject({
    why: MASKED,
    toldTo: [MASKED],
  })
})

it('a machine’s own reference stays', () => {
  expect(reportInput.parse({ ...REPORT, externalId: '0199001234' }).externalId).toBe('0199001234')
})
