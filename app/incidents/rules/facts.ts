import { SYMPTOMS, type SymptomFamily } from '#db/reference/symptoms.ts'
import { type ReporterRole, roleOf } from './reporter-role.ts'
import { type Says, sayings } from './words.ts'

export const MINUTE = 60_000

export type PlaceKind = 'country' | 'zone' | 'region' | 'departement'
/** `parents`: codes of every territory that holds it (region, zone, country). */
export type Place = { code: string; kind: PlaceKind; parents: string[] }

/** What was said, as a case or a drill holds it. Instants are epoch milliseconds, spans are minutes. */
export type Said = {
  /** The case (or the drill's seq): identifies, never decides. */
  id: number
  reference: string
  at: number
  /** Key of the organisation: two posts of one préfecture are one. */
  organisation: string
  organisationName: string
  reporterKind: string
  verified: boolean
  channel: string
  territory: Place
  numbers: string[]
  symptom: string
  callingOperator: string | null
  technology: string | null
  siteAccess: string | null
  tests: { ok: number; tried: number; windowMin: number | null } | null
  fallback: string | null
  longNumberOk: boolean | null
  /** Asked by the agent; null when nobody asked: then the words may tell. */
  ordinaryCallsWork?: boolean | null
  /** Said in so many words by whoever took the report: it speaks of several départements, it relays another's. Else the words tell. */
  wideView?: boolean | null
  relayed?: boolean | null
  /** The case a person attached it to. */
  duplicateOf: number | null
  /** The closed case it is a relapse of, beyond the day in which a case keeps its number. */
  relapseOf?: number | null
  closedAt: number | null
  text: string
}

/** A report as the trigger rules read it; the same for a real case and for a drill. */
export type ReportFact = Omit<Said, 'ordinaryCallsWork' | 'wideView' | 'relayed'> & {
  role: ReporterRole
  family: SymptomFamily
  ordinaryCallsWork: boolean | null
  /** An authority speaking of several départements at once (COZ, ARS, COGIC, ministry, federation). */
  wideView: boolean
  says: Says
}

/** A code that nobody foresaw is a failure whose form is not known, never an all-clear. */
function familyOf(symptom: string): SymptomFamily {
  const known: Record<string, SymptomFamily> = SYMPTOMS
  return known[symptom] ?? SYMPTOMS.UNKNOWN
}

export function reportFact(said: Said): ReportFact {
  const role = roleOf(said.reporterKind)
  const { wideView, relayed, ...rest } = said
  const words = sayings(said.text)
  const says = relayed ? { ...words, relay: true } : words
  return {
    ...rest,
    role,
    family: familyOf(said.symptom),
    ordinaryCallsWork:
      said.ordinaryCallsWork ?? (says.ordinaryCallsDown ? false : says.ordinaryCallsPass ? true : null),
    wideView:
      wideView ?? ((role === 'authority' || role === 'other') && said.territory.kind !== 'departement'),
    says,
  }
}

/** "tous", "3 opérateurs", "MVNO" name nobody: two such reports may speak of two networks. */
const GENERIC =
  /^(?:tous|toutes|all|any|every|several|many|various|multiple|plusieurs|divers|tiers|third[ -]party|other|autres?|local|mvno|mno|own|unknown|inconnu|n\/?a|none|aucun|mobile|fixe|fixed|landline|voip|volte|trunk|trunk sip|sip|box|carrier|operator)s?$|\d+ *(?:op[ée]rateurs?|operators?|carriers?|networks?|r[ée]seaux)|\b(?:op[ée]rateurs?|operators|carriers|networks)$/i

/** Networks named: 'Boost (Optus)' and 'Optus / Telstra' name two each. */
export function namedOperators(fact: Pick<ReportFact, 'callingOperator'>): string[] {
  const parts = (fact.callingOperator ?? '').split(/[/,;()+&]| et | and /i)
  const names = parts.map((part) => part.trim().toLowerCase()).filter((part) => part !== '')
  return [...new Set(names.filter((name) => !GENERIC.test(name)))].sort()
}

/**
 * An emergency number fails from a network on which ordinary calls pass: said so, or shown by tests from a network that has a
 * name. Not asked is not yes: a test campaign for each report of a day is made by nobody.
 */
export function passesOrdinaryCalls(fact: ReportFact): boolean {
  if (fact.ordinaryCallsWork !== null) return fact.ordinaryCallsWork
  const failing = fact.tests !== null && fact.tests.ok < fact.tests.tried
  return fact.family === 'routing' && failing && namedOperators(fact).length > 0
}

export type Access = 'mobile' | 'fixed'

/** Side of the network a call came from, when it was said. */
export function accessOf(technology: string | null): Access | null {
  if (!technology) return null
  const words = technology.toLowerCase()
  const mobile = /mobile|volte|[2345]g\b|gsm|lte|cell/.test(words)
  const fixed = /copper|cuivre|rtc|box|trunk|fixe|voip|landline|fibre|pstn|sip/.test(
    words.replace('volte', ''),
  )
  if (mobile === fixed) return null
  return mobile ? 'mobile' : 'fixed'
}

export function covers(outer: Place, inner: Place): boolean {
  return outer.code === inner.code || inner.parents.includes(outer.code)
}

/** As one says them: 15, 18, 112. Each once. */
export function spokenNumbers(numbers: readonly string[]): string[] {
  return [...new Set(numbers)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
}

/** One order for reports of the same instant, taken from what was said and not from who was typed first. */
export function inOrder(facts: readonly ReportFact[]): ReportFact[] {
  return [...facts].sort((a, b) => a.at - b.at || compare(orderKey(a), orderKey(b)) || a.id - b.id)
}

/** First-hand before second-hand, so that of two simultaneous reports the centre's is the original. */
function orderKey(fact: ReportFact): string {
  const said = [fact.organisation, fact.territory.code, fact.numbers.join(), fact.symptom, fact.text]
  return [isSecondHand(fact) ? 1 : 0, ...said].join('|')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Speaks of what another sees: a mairie whose inhabitants tell it, or whoever says that it relays. Several of them in one
 * territory are one voice, and none beside a centre that spoke for itself. Own tests or a network named make it first-hand;
 * an authority speaking of several territories has added something even when it relays.
 */
export function isSecondHand(fact: ReportFact): boolean {
  if (fact.duplicateOf !== null) return true
  if (fact.wideView || fact.tests !== null || namedOperators(fact).length > 0) return false
  // The operator's customer care relays several customers: nobody else speaks for them.
  if (fact.role === 'operator') return false
  return fact.role === 'mairie' || fact.says.relay
}
