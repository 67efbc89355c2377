import { namesSeveral } from '#app/cases/rules/extent.ts'
import {
  accessOf,
  isSecondHand,
  namedOperators,
  type Place,
  passesOrdinaryCalls,
  type ReportFact,
} from './facts.ts'
import { standing } from './qualification.ts'
import { type Scope, scopesOf } from './scopes.ts'

/** A report as detection hears it. Depends on the report alone, so one more report takes no voice away. */
export type Voice = {
  id: number
  at: number
  organisation: string
  place: Place
  /** What it is worth alone in its département: 1, or less when it is doubtful whether an emergency call was lost. */
  strength: number
  /** Speaks of what another sees; nothing beside one who saw. */
  secondHand: boolean
  numbers: string[]
  operators: string[]
  /** Calls to everyone else pass on it: that network loses emergency calls alone. */
  passes: boolean
  /** What exactly is heard when a call is lost; null where nobody could say. */
  sign: string | null
  access: 'mobile' | 'fixed' | null
  /** Test calls were made, and failed. */
  tested: boolean
  /** Ordinary calls fail too, or weather, power or works are named: a cause outside the network is likely. */
  outside: boolean
  /** An authority that names two départements at least: a fact, not a coincidence to be weighed. */
  fact: HardFact | null
  /** Every scope it counts in. */
  scopes: Scope[]
}

export type HardFact = 'authority' | 'lost_112'

/**
 * Doubtful voices are heard for less, none is silenced over a word: what a room says is weak, what it counts is weighed
 * against what the same rooms usually say. The ordinary weights are learnt with the same measure.
 */
const HALF = 0.5
const QUARTER = 0.25
/** A full room says these as often as a network does. */
const ROOM_OR_NETWORK = ['RING_NO_ANSWER', 'MSG_CONGESTION']

/** What detection hears of a report, or null when nothing was lost, nobody known speaks, or the room is merely full. */
export function heard(fact: ReportFact, vitalNumbers: readonly string[]): Voice | null {
  const why = standing(fact, vitalNumbers)
  const nameless = why === 'no_vital_number' && fact.numbers.length === 0 && fact.symptom === 'UNKNOWN'
  if (why !== 'failure' && !nameless) return null
  const secondHand = isSecondHand(fact) || (fact.wideView && fact.says.relay)
  const hard = hardFact(fact)
  const voice = {
    ...{ id: fact.id, at: fact.at, organisation: fact.organisation, place: fact.territory, secondHand },
    strength: Math.min(nameless ? HALF : 1, hard ? 1 : strengthOf(fact, secondHand)),
    numbers: fact.numbers.filter((number) => vitalNumbers.includes(number)),
    operators: namedOperators(fact),
    passes: passesOrdinaryCalls(fact),
    sign: fact.family === 'routing' && !ROOM_OR_NETWORK.includes(fact.symptom) ? fact.symptom : null,
    access: accessOf(fact.technology),
    tested: fact.tests !== null && fact.tests.ok < fact.tests.tried,
    outside: fact.ordinaryCallsWork === false || fact.says.outsideCause,
    fact: hard,
  }
  return { ...voice, scopes: scopesOf(voice) }
}

function strengthOf(fact: ReportFact, secondHand: boolean): number {
  if (fact.tests !== null && fact.tests.tried > 0 && fact.tests.ok === fact.tests.tried) return QUARTER
  switch (fact.family) {
    case 'media':
      return fact.symptom === 'POOR_AUDIO' ? QUARTER : HALF
    case 'data':
      return QUARTER
    case 'site':
    case 'load':
      return HALF
    case 'routing':
    case 'special':
    case 'none':
      if (ROOM_OR_NETWORK.includes(fact.symptom) && fact.tests === null) return HALF
      // An authority's whole territory is the default of a form: half a voice until it names two départements.
      return secondHand || (fact.wideView && fact.role === 'authority') ? HALF : 1
  }
}

function hardFact(fact: ReportFact): HardFact | null {
  if (fact.family !== 'routing' && fact.family !== 'special') return null
  if ((fact.role === 'authority' || fact.wideView) && namesSeveral(fact.text)) return 'authority'
  const national = fact.role === 'operator' && fact.territory.kind === 'country'
  const lost = fact.tests !== null && fact.tests.tried >= 3 && fact.tests.ok === 0
  return national && lost && fact.numbers.includes('112') ? 'lost_112' : null
}
