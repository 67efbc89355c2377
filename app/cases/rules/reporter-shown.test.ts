import { describe, expect, test } from 'vitest'
import type { Level } from '#db/schema/cases.ts'
import { ACTS_FROM, type Authority, authorityOf, showsReporter } from './reporter-shown.ts'

const OF: Record<Authority, string[]> = {
  departement: ['59'],
  region: ['R32', '02', '59', '60', '62', '80'],
  zone: ['Z-NORD', '02', '59', '60', '62', '80'],
  country: ['FR'],
}
const reader = (territories: string[]) => ({ ownOrganisation: false, atTheCell: false, territories })

describe.each(Object.entries(OF) as [Authority, string[]][])(
  'an authority of a %s',
  (authority, territories) => {
    const from = ACTS_FROM[authority]
    test('is known by its territories', () => {
      expect(authorityOf(territories)).toBe(authority)
    })
    test.each([
      ['where it must act', from, true, true],
      ['one level below', (from - 1) as Level, true, false],
      ['once the case is over', from, false, false],
    ])('%s', (_, level, open, shown) => {
      expect(showsReporter(reader(territories), { level, open })).toBe(shown)
    })
  },
)

test.each([
  ['one’s own organisation, always', { ...reader([]), ownOrganisation: true }, true],
  ['the cell, always', { ...reader([]), atTheCell: true }, true],
  ['who is no authority, never', reader([]), false],
])('%s', (_, who, shown) => {
  expect(showsReporter(who, { level: 1, open: false })).toBe(shown)
  expect(showsReporter(who, { level: 4, open: true })).toBe(shown)
})
