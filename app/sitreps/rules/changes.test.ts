import { describe, expect, it } from 'vitest'
import type { Picture } from '#app/incidents/picture.ts'
import { changesSince } from './changes.ts'

const nord = { code: '59', name: 'Nord', numbers: ['15'], cases: 2, open: 2, passed: 1, tried: 6 }
const aisne = { code: '02', name: 'Aisne', numbers: ['15'], cases: 1, open: 1, passed: 0, tried: 3 }
const base: Picture = {
  asOf: '2026-11-23T16:00:00Z',
  cases: { open: 2, restored: 0, confirmed: 0, closed: 0 },
  organisations: 2,
  territories: [nord],
  numbers: [{ number: '15', territories: 1, cases: 2, passed: 1, tried: 6 }],
  networks: [],
  fallbacks: [],
}

describe('what changed since the report before', () => {
  it('nothing', () => expect(changesSince(base, base)).toEqual([]))

  it.each<[string, Partial<Picture>, string, Record<string, unknown>]>([
    ['a territory comes', { territories: [nord, aisne] }, 'territories_in', { count: 1, list: 'Aisne' }],
    [
      'a territory has no open case left',
      { territories: [{ ...nord, open: 0 }] },
      'territories_out',
      { count: 1, list: 'Nord' },
    ],
    [
      'a number comes',
      { numbers: [...base.numbers, { number: '18', territories: 1, cases: 1, passed: 0, tried: 0 }] },
      'numbers_in',
      { count: 1, list: '18' },
    ],
    ['cases restored', { cases: { ...base.cases, restored: 2 } }, 'restored', { before: 0, after: 2 }],
    [
      'new tests, and only the new ones',
      { numbers: [{ number: '15', territories: 1, cases: 2, passed: 4, tried: 9 }] },
      'tests',
      { number: '15', passed: 3, tried: 3 },
    ],
  ])('%s', (_, after, key, values) => {
    expect(changesSince(base, { ...base, ...after })).toEqual([{ key, values }])
  })
})
