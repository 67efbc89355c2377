import { TERRITORIES } from '#db/reference/territories.ts'
import { spokenNumbers } from './facts.ts'

export type NameFacts = {
  numbers: readonly string[]
  /** Touched, with how many cases each. */
  territories: readonly { code: string; cases: number }[]
}

/** So many places are said one by one. */
const SAID = 3

/**
 * What an incident is called until a lead names it, from its own facts: « 15 · 18 – Nord, Pas-de-Calais », « 15 – Bretagne ». Numbers
 * and names of places alone: the same in each language.
 */
export function proposedName({ numbers, territories }: NameFacts): string {
  return [spokenNumbers(numbers).join(' · '), placesOf(territories)].filter(Boolean).join(' – ')
}

function placesOf(territories: NameFacts['territories']): string {
  const touched = [...territories].sort((a, b) => b.cases - a.cases || a.code.localeCompare(b.code))
  if (touched.length > SAID) {
    const held = holder(touched.map(({ code }) => code))
    if (held) return held
  }
  const names = touched.slice(0, SAID).map(({ code }) => PLACES.get(code)?.name ?? code)
  const more = touched.length - names.length
  return names.join(', ') + (more > 0 ? ` + ${more}` : '')
}

/** The region that holds them all, else the zone. */
function holder(codes: readonly string[]): string | null {
  for (const key of ['regionCode', 'zoneCode'] as const) {
    const holders = new Set(codes.map((code) => PLACES.get(code)?.[key]))
    const [only] = holders
    if (holders.size === 1 && only) return PLACES.get(only)?.name ?? null
  }
  return null
}

const PLACES = new Map(TERRITORIES.map((one) => [one.code, one]))

/** As it stands in a line: its number, and what it is called. */
export function incidentLabel({ reference, title }: { reference: string; title: string | null }): string {
  return title ? `${reference} · ${title}` : reference
}

export type IncidentChoice = { value: string; label: string }

/** As it is chosen in a list: the same everywhere, with its level. */
export function incidentChoice(one: {
  reference: string
  title: string | null
  level: number
}): IncidentChoice {
  return { value: one.reference, label: `${incidentLabel(one)} · N${one.level}` }
}
