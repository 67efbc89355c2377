import { describe, expect, test } from 'vitest'
import { CASE_STATES } from '#db/schema/cases.ts'
import { STATES } from './states.ts'

describe('what a state means', () => {
  test.each(CASE_STATES)('%s: open exactly while somebody is waited for', (state) => {
    const { open, waitsFor } = STATES[state]
    expect(open).toBe(waitsFor !== 'nobody')
  })

  test.each(CASE_STATES)('%s: worked only while open, counted while open', (state) => {
    const { open, worked, counts } = STATES[state]
    expect([worked && !open, open && !counts]).toEqual([false, false])
  })

  test('closed counts; attached to another or out of scope does not', () => {
    expect(CASE_STATES.filter((state) => !STATES[state].counts)).toEqual(['duplicate', 'out_of_scope'])
  })
})
