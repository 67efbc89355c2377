import { expect, it } from 'vitest'
import onNetwork from '#app/drills/files/played/fr-2021-06-02-orange-national.json' with { type: 'json' }
import { shippedDrills } from '#app/drills/shipped.ts'
import { foundIn, type Played } from './played.ts'

const of = (probes: number | null, fused: number | null) => ({
  ...{ probes, fused, said: 0, perMinute: 27, calls: 100, lost: 10 },
  before: { calls: 135, inBursts: 0, lost: 1 },
})

it('several plays are said by their median and their worst; one that found nothing is missed', () => {
  const played = { drill: 'x', at: '2026-11-27T05:00:00Z', share: 11, quietMin: 5, reports: 12 }
  expect(foundIn({ ...played, plays: [of(4, 3), of(1, 1), of(null, 2)] })).toEqual({
    reports: { median: 12, worst: 12, missed: 0 },
    probes: { median: 4, worst: 4, missed: 1 },
    fused: { median: 2, worst: 3, missed: 0 },
  })
})

it('what the page shows as played is of a drill that comes with the product, and both found it every time', () => {
  const played: Played = onNetwork
  expect(shippedDrills().map(({ drill }) => drill.id)).toContain(played.drill)
  const { probes, fused, reports } = foundIn(played)
  expect([probes.missed, fused.missed, reports.missed]).toEqual([0, 0, 0])
  expect(Number(fused.worst)).toBeLessThan(Number(reports.median))
})
