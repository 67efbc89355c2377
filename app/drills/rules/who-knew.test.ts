import { expect, test } from 'vitest'
import { shippedDrills } from '../shipped.ts'
import type { Reality } from './drill.ts'
import { milestonesOf } from './reality.ts'
import { type Heard, whoKnew } from './who-knew.ts'

const T0 = Date.parse('2021-06-02T16:45:00+02:00')
const at = (minute: number) => new Date(T0 + minute * 60_000)
const heard = (one: Partial<Heard> & Pick<Heard, 'party'>): Heard => ({
  ...{ name: 'Une préfecture', how: 'notice', at: at(12), acknowledgedAt: null },
  ...one,
})
const national = shippedDrills().find(({ drill }) => drill.id === 'fr-2021-06-02-orange-national')
const { reality = {} } = (national?.file ?? {}) as { reality?: Reality }
const milestones = milestonesOf(reality)

test('each is told at its minute, the first first; who heard nothing stands there all the same', () => {
  const knew = whoKnew(
    [
      heard({ party: 'prefecture', name: 'La seconde', at: at(14), acknowledgedAt: at(20) }),
      heard({ party: 'prefecture', name: 'La première', at: at(11.9) }),
      heard({ party: 'public', name: null, how: 'instruction', at: at(31) }),
    ],
    T0,
    [],
  )
  expect(knew.map(({ party, told }) => [party, told.map(({ minute }) => minute)])).toEqual([
    ['prefecture', [11, 14]],
    ['services', []],
    ['zone', []],
    ['national', []],
    ['health', []],
    ['ministry', []],
    ['public', [31]],
    ['media', []],
  ])
  expect(knew[0]?.told[1]).toEqual({ name: 'La seconde', how: 'notice', minute: 14, acknowledged: 20 })
})

test('beside 2 June 2021: what is published of each, with its source, and nothing that is not', () => {
  const truth = Object.fromEntries(
    whoKnew([], T0, milestones).map(({ party, truth }) => [party, truth.map((one) => one.offsetMin)]),
  )
  expect(truth).toEqual({
    ...{ prefecture: [15, 120], services: [], zone: [120], national: [120], health: [120] },
    ...{ ministry: [120, 122], public: [105, 135], media: [] },
  })
  for (const one of milestones) expect(one.sources, one.key).not.toEqual([])
})
