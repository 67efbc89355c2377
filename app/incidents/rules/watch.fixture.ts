import fc from 'fast-check'
import { priorBaseline } from './baseline.ts'
import { fact, T0, VITAL } from './fact.fixture.ts'
import { MINUTE, type ReportFact, type Said } from './facts.ts'
import { heard, type Voice } from './heard.ts'
import { instants } from './learning.ts'
import { FIRST_TAILS } from './rarity.ts'
import { Watch } from './watch.ts'

export const baseline = priorBaseline(4)
export const limits = { proposeYears: 55 / 365, activateYears: 540 / 365 }
export const minute = (at: number) => (at - T0) / MINUTE

export function voicesOf(facts: readonly ReportFact[]): Voice[] {
  return [...facts].sort((a, b) => a.at - b.at).flatMap((one) => heard(one, VITAL) ?? [])
}

/** A desk that hears them, each at its instant. */
export function listen(facts: readonly ReportFact[], watch = new Watch(), of = baseline): Watch {
  for (const [at, news] of instants(voicesOf(facts))) watch.hear(at, news, of, FIRST_TAILS, limits)
  return watch
}
/** A desk that no longer asks sooner for being new. */
export const settled = { ...baseline, days: 14 }

export const wave = (from: number, places: string[], first = from, every = 1, said: Partial<Said> = {}) =>
  places.map((place, rank) =>
    fact(first * 100 + rank, from + rank * every, { place, organisation: `sdis ${place}`, ...said }),
  )
export const EIGHT = ['59', '62', '80', '75', '69', '13', '31', '33']

export const arbitraryFact = fc.record({
  min: fc.integer({ min: 0, max: 40 }),
  place: fc.constantFrom('59', '62', '75', '13', '974', '2A', '31', '69'),
  organisation: fc.integer({ min: 1, max: 12 }),
  symptom: fc.constantFrom('NO_RING', 'UNKNOWN', 'INBOUND_DROP', 'RING_NO_ANSWER', 'NO_CLI'),
  numbers: fc.subarray(['15', '17', '18', '112'], { minLength: 1 }),
  works: fc.constantFrom(true, false, null),
})
export const arbitraryFacts = fc.array(arbitraryFact, { minLength: 2, maxLength: 25 }).map((all) =>
  all.map((one, index) =>
    fact(index + 1, one.min, {
      ...{ place: one.place, organisation: `${one.place}/${one.organisation}`, symptom: one.symptom },
      ...{ numbers: one.numbers, ordinaryCallsWork: one.works },
    }),
  ),
)
