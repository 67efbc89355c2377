import { describe, expect, test } from 'vitest'
import { play, SLOW, sameAsRules, shipped } from './drills.fixture.ts'

describe('the ordinary day, through the commands', () => {
  test.each(['none', 'standard'] as const)(
    'crew %s: no crisis is proposed, let alone active',
    async (crew) => {
      const drill = shipped('fr-temoin-journee-ordinaire')
      const outcome = await play(drill, crew)
      if (crew === 'none') sameAsRules(drill, outcome)
      expect(outcome.crisis_proposed_offset_min).toBeNull()
      expect(outcome.crisis_active_offset_min).toBeNull()
      expect(outcome.activated_by).toBeNull()
      expect(outcome.closed_without_confirmation).toBe(0)
      expect(outcome.incidents.every((one) => one.territories.length === 1)).toBe(true)
      if (crew === 'standard') expect(outcome.promises_missed).toBe(0)
    },
    SLOW,
  )
})
