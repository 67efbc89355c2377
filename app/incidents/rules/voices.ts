import { accessOf, isSecondHand, MINUTE, type ReportFact, spokenNumbers } from './facts.ts'

/**
 * How many independent voices say that one cause goes beyond a place. In one territory all who relay are one voice, and
 * none beside a first-hand one; all who say that ordinary calls fail too are one: a cable cut under five centres is one
 * cause heard five times. Each term only grows when a report is added, so a further report never takes a proposal away.
 */
export function voices(facts: readonly ReportFact[]): number {
  let count = 0
  for (const inPlace of byTerritory(facts).values()) {
    const firstHand = inPlace.filter((fact) => !isSecondHand(fact))
    const network = organisations(firstHand.filter((fact) => fact.ordinaryCallsWork !== false))
    const cut = organisations(firstHand.filter((fact) => fact.ordinaryCallsWork === false))
    const cutOnly = [...cut].some((organisation) => !network.has(organisation))
    count += Math.max(1, network.size + (cutOnly ? 1 : 0))
  }
  // An organisation heard in several territories is still one.
  return Math.min(count, organisations(facts).size)
}

/** How many organisations see it in one territory: there, a cable cut under two centres is as grave as anything else. */
export function voicesInPlace(facts: readonly ReportFact[]): number {
  return Math.max(1, organisations(facts.filter((fact) => !isSecondHand(fact))).size)
}

function organisations(facts: readonly ReportFact[]): Set<string> {
  return new Set(facts.map((fact) => fact.organisation))
}

export function territoriesOf(facts: readonly ReportFact[]): string[] {
  return [...byTerritory(facts).keys()]
}

function byTerritory(facts: readonly ReportFact[]): Map<string, ReportFact[]> {
  const places = new Map<string, ReportFact[]>()
  for (const fact of facts) {
    places.set(fact.territory.code, [...(places.get(fact.territory.code) ?? []), fact])
  }
  return places
}

/** The figures a message says: "5 organisations, 4 départements, 17 minutes, all call routing, all from mobiles". */
export function figures(facts: readonly ReportFact[]): Record<string, string | number> {
  const instants = facts.map((fact) => fact.at)
  const families = new Set(facts.map((fact) => fact.family))
  const accesses = new Set(facts.map((fact) => accessOf(fact.technology)))
  const known = [...accesses].filter((access) => access !== null)
  return {
    organisations: organisations(facts).size,
    territories: territoriesOf(facts).length,
    minutes: Math.round((Math.max(...instants) - Math.min(...instants)) / MINUTE),
    family: families.size === 1 ? ([...families][0] ?? 'none') : 'mixed',
    access: accesses.size === 1 ? (known[0] ?? 'unknown') : known.length > 1 ? 'mixed' : 'unknown',
    numbers: spokenNumbers(facts.flatMap((fact) => fact.numbers)).join(', '),
  }
}
