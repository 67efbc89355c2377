import { describe, expect, it } from 'vitest'
import { shippedDrills } from '#app/drills/shipped.ts'
import { rehearseCalls, together } from './together.ts'

describe('test calls, simulated', () => {
  const { quiet, losses, burst } = rehearseCalls({ days: 6, seeds: 1, runs: 6 })
  const found = (name: string) => losses.find((one) => one.name === name)?.found

  it('quiet days propose nothing; whole months are played by npm run rehearse', () => {
    expect(quiet.false).toBe(0)
  })
  it('one call in nine lost all over the country is seen within five minutes, ten at worst', () => {
    expect(found('national-11')).toMatchObject({ missed: 0 })
    expect(found('national-11')?.median).toBeLessThanOrEqual(5)
    expect(found('national-11')?.worst).toBeLessThanOrEqual(10)
  })
  it('a département that is wholly lost is confirmed by a burst within ten', () => {
    expect(burst).toMatchObject({ missed: 0 })
    expect(burst.worst).toBeLessThanOrEqual(10)
  })
  it('no narrower loss is missed', () => {
    expect(losses.filter(({ found: { missed } }) => missed > 0)).toEqual([])
  })
})

it('2 June 2021 with test calls: they propose before the reports do, and both together no later', () => {
  const drill = shippedDrills().find(({ name }) => name.startsWith('fr-2021-06-02'))?.drill
  if (!drill) throw new Error('no drill')
  const { reports, probes, fused } = together(drill, 0.11, 5)
  expect(probes.missed + fused.missed).toBe(0)
  expect(Number(probes.median)).toBeLessThan(Number(reports))
  expect(Number(fused.median)).toBeLessThanOrEqual(Number(probes.median))
})
