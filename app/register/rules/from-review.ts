import { shortened } from '#app/_doors/rules/cut.ts'
import { type CIRAS, FAMILIES, FORMAT, type Loss } from './record.ts'

/** What the journal of an incident of ours knows of it. Hours in milliseconds. */
export type ReviewFacts = {
  reference: string
  title: string | null
  cause: string | null
  works: boolean | null
  openedAt: number
  restoredAt: number | null
  authorityAt: number | null
  cases: {
    at: number
    since: number | null
    kind: string
    numbers: string[]
    territory: string
    technology: string | null
    fallback: string | null
  }[]
}

const MINUTE = 60_000
const CENTRES = [
  'samu',
  'sdis',
  'bspp_bmpm',
  'cetra',
  'gendarmerie',
  'cnr114',
  'siao115',
  'cross',
  'hospital',
]
const AUTHORITIES = [
  'prefecture',
  'prefecture_police',
  'coz',
  'ars',
  'cogic',
  'corruss',
  'cced',
  'anssi',
  'ministry',
  'mairie',
]

/**
 * A draft from the after-action file: what was reported, when and by whom first, when authorities knew, what the fallback did.
 * What the journal does not know stays unknown: a person completes it, and nothing leaves before he has read it.
 */
export function draftOf(facts: ReviewFacts, operator: string, country: string, author: string): Loss {
  const cases = [...facts.cases].sort((a, b) => a.at - b.at)
  const began = Math.min(...cases.flatMap((one) => [one.at, one.since ?? one.at]), facts.openedAt)
  const first = cases[0]
  const places = [...new Set(cases.map((one) => one.territory))]
  const minutes = (to: number | null) => (to === null ? null : Math.max(0, Math.round((to - began) / MINUTE)))
  return {
    format: FORMAT,
    id: `${country}-${iso(began).slice(0, 10)}-${author.slice(0, 8).replace(/[^A-Za-z0-9]/g, '0')}-${facts.reference.replace(/[^A-Za-z0-9]/g, '')}`,
    version: 1,
    country,
    operator: { name: operator || null, role: 'network' },
    numbers: [...new Set(cases.flatMap((one) => one.numbers))]
      .filter((one) => /^[0-9]{2,6}$/.test(one))
      .sort(),
    territory: {
      words: shortened(places.join(', '), 400) || null,
      extent: places.length > 5 ? 'national' : places.length > 1 ? 'several' : 'local',
      zone: null,
    },
    networks: networksOf(cases),
    times: {
      began: { at: iso(began), precision: 'minute' },
      ended:
        facts.restoredAt === null
          ? { at: null, precision: 'unknown' }
          : { at: iso(facts.restoredAt), precision: 'minute' },
    },
    durationMin:
      facts.restoredAt === null
        ? null
        : Math.round((Math.trunc(facts.restoredAt / 1000) - Math.trunc(began / 1000)) / 60),
    impact: { failedCalls: null, sharePct: null, people: null, words: null },
    detection: { by: detectorOf(first?.kind), afterMin: minutes(first?.at ?? null), words: null },
    authorities: { informedAfterMin: minutes(facts.authorityAt), words: null },
    works: facts.works === null ? 'unknown' : facts.works ? 'planned' : 'none',
    cause: {
      family: familyOf(facts.cause),
      ciras: cirasOf(facts.cause),
      thirdParty: facts.cause === 'third_party_transport',
      words: null,
    },
    fallback: { held: heldOf(cases), words: null },
    consequence: null,
    learned: null,
    confidence: 'A',
    doubts: [],
    sources: [],
  }
}

function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

function detectorOf(kind: string | undefined): Loss['detection']['by'] {
  if (!kind) return 'unknown'
  if (CENTRES.includes(kind)) return 'centre'
  if (kind === 'police') return 'police'
  if (AUTHORITIES.includes(kind)) return 'authority'
  return kind === 'cell' ? 'operator_staff' : 'person'
}

function networksOf(cases: ReviewFacts['cases']): Loss['networks'] {
  const words: Record<string, Loss['networks'][number]> = {
    copper: 'fixed',
    box: 'voip',
    volte: 'volte',
    '3g': 'mobile',
    '2g': 'mobile',
    trunk: 'trunk',
    satellite: 'satellite',
  }
  return [...new Set(cases.flatMap((one) => (one.technology && words[one.technology]) || []))]
}

function familyOf(cause: string | null): Loss['cause']['family'] {
  return FAMILIES.find((family) => family === cause) ?? 'unknown'
}

function cirasOf(cause: string | null): (typeof CIRAS)[number] {
  if (cause === 'security_incident') return 'malicious_actions'
  if (cause === 'forgotten_reroute') return 'human_errors'
  return 'unknown'
}

function heldOf(cases: ReviewFacts['cases']): Loss['fallback']['held'] {
  const said = cases.flatMap((one) => one.fallback ?? [])
  if (said.length === 0) return 'unknown'
  if (said.includes('failing')) return said.includes('active') ? 'partly' : 'no'
  return said.includes('active') ? 'yes' : said.every((one) => one === 'none') ? 'none' : 'unknown'
}
