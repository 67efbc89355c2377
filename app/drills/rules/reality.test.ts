import { describe, expect, test } from 'vitest'
import { measureOf, milestonesOf } from './reality.ts'

describe('what history has an hour for', () => {
  test('dated facts in their order, remarks and blanks left out', () => {
    const found = milestonesOf({
      fault_start: null,
      note: 'no incident',
      operator_crisis_cell: { offset_min: 120, at: 'about 18:45', precision: 'derived' },
      first_stakeholder_symptoms: { offset_min: null, at: 'about 16:30' },
      operator_technical_detection: { offset_min: 0, at: 'at once' },
      impact: ['many'],
    })
    expect(found.map(({ key, offsetMin }) => [key, offsetMin])).toEqual([
      ['operator_technical_detection', 0],
      ['operator_crisis_cell', 120],
      ['first_stakeholder_symptoms', null],
    ])
  })

  test.each([
    ['operator_crisis_cell', 'crisis_active'],
    ['interministerial_crisis_cell', null],
    ['authorities_informed_by_operator', 'authority_notice'],
    ['government_told', 'authority_notice'],
    ['operator_recognised_emergency_impact', 'crisis_proposed'],
    ['operator_technical_detection', null],
    ['first_stakeholder_symptoms', 'first_qualifying'],
    ['fallback_numbers_published', null],
  ])('%s beside %s', (key, measure) => expect(measureOf(key)).toBe(measure))
})
