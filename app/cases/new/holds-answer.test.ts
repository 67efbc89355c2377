import { expect, test } from 'vitest'
import { holdsAnswer } from './holds-answer.ts'

const wrong = { key: 'forms.invalid', text: 'Réponse non comprise.' }

test.each([
  ['nothing typed', {}, {}, false],
  ['blank', { told: '  ', 'tests.0.passed': '' }, {}, false],
  ['typed', { told: 'la préfecture' }, {}, true],
  ['typed in a row', { 'tests.2.tried': '4' }, {}, true],
  ['typed elsewhere', { symptomWords: 'rien', testsNote: 'x' }, {}, false],
  ['wrong', {}, { told: wrong }, true],
  ['wrong in a row', {}, { 'tests.0.passed': wrong }, true],
  ['wrong elsewhere', {}, { symptom: wrong }, false],
])('a fold of tests and told: %s', (_case, values, fields, opens) => {
  expect(holdsAnswer({ values, fields }, ['tests', 'told'])).toBe(opens)
})

test('of a field that stands outside as well, only the values inside count', () => {
  const inside = ['115', '119']
  expect(holdsAnswer({ values: { numbers: ['15', '119'] }, fields: {} }, ['numbers'], inside)).toBe(true)
  expect(holdsAnswer({ values: { numbers: ['15'] }, fields: {} }, ['numbers'], inside)).toBe(false)
  expect(holdsAnswer({ values: {}, fields: { numbers: wrong } }, ['numbers'], inside)).toBe(false)
})
