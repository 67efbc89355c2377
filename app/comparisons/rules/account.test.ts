import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { publicAccounts, withOurRules } from '../queries.ts'
import { HAD, judgeChoice, lastMinuteOf, MARKS, MEANS, MOST_OTHERS, placeOnAxis, STAGES } from './account.ts'

describe('the public accounts', () => {
  test('five countries of the drills and Australia: each stage told, each with its sources, nothing drawn that is not published', () => {
    expect(publicAccounts().map(({ country }) => country)).toEqual(['FR', 'DE', 'GB', 'BE', 'US', 'AU'])
    for (const account of publicAccounts()) {
      expect(Object.keys(account.stages).sort(), account.id).toEqual([...STAGES].sort())
      expect(account.sources.length, account.id).toBeGreaterThan(1)
      for (const stage of STAGES) {
        const { minutes, said } = account.stages[stage]
        expect(said?.fr && said.en, `${account.id} ${stage}`).toBeTruthy()
        if (minutes !== null) expect(minutes).toBeGreaterThanOrEqual(0)
      }
      for (const mean of MEANS) expect(HAD).toContain(account.means?.[mean].had)
    }
  })

  test('our rules are a reconstruction, of those that are drills', () => {
    const made = publicAccounts().map(({ id }) => withOurRules(id))
    expect(made.filter((one) => one !== null).map((one) => one.kind)).toEqual(Array(5).fill('reconstruction'))
    const { first_report: first, cell } = made[0]?.stages ?? {}
    expect(cell?.minutes).toBeLessThanOrEqual((first?.minutes ?? 0) + 30)
    expect(withOurRules('nowhere')).toBeNull()
  })
})

test.each([
  [MOST_OTHERS, true],
  [MOST_OTHERS + 1, false],
])('%i others: %s', (n, ok) => {
  expect(judgeChoice({ subject: 'a', others: Array.from({ length: n }, (_, at) => String(at)) }).ok).toBe(ok)
})
test('none beside itself', () => {
  expect(judgeChoice({ subject: 'a', others: ['a'] }).ok).toBe(false)
})

test('the axis keeps the order of minutes, from its one end to the other', () => {
  const last = lastMinuteOf(publicAccounts())
  expect(placeOnAxis(0, last)).toBe(0)
  expect(placeOnAxis(last, last)).toBe(1)
  fc.assert(
    fc.property(fc.nat(last), fc.nat(last), (a, b) => {
      expect(placeOnAxis(Math.min(a, b), last)).toBeLessThanOrEqual(placeOnAxis(Math.max(a, b), last))
    }),
  )
  expect(MARKS).toEqual([...MARKS].sort((a, b) => a - b))
})
