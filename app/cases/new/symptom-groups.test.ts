import { expect, test } from 'vitest'
import { SYMPTOM_CODES } from '#db/reference/symptoms.ts'
import { COMMON_SYMPTOMS, OTHER_SYMPTOMS } from './symptom-groups.ts'

test('every symptom can be chosen, once', () => {
  const shown = [...COMMON_SYMPTOMS, ...OTHER_SYMPTOMS.flatMap(({ codes }) => codes)]
  expect(shown.toSorted()).toEqual(SYMPTOM_CODES.toSorted())
})
