import { covers, inOrder, isSecondHand, MINUTE, namedOperators, type ReportFact } from './facts.ts'
import { type CorrelationValues, correlationValues } from './thresholds.ts'

export const QUALIFICATIONS = [
  'failure',
  'update',
  'media',
  'public',
  'unverified',
  'exercise',
  'works',
  'all_clear',
  'no_vital_number',
  'load',
  'site_explained',
  'duplicate',
  'relay',
  'request',
] as const
export type Qualification = (typeof QUALIFICATIONS)[number]

export type QualificationVerdict = {
  qualifies: boolean
  why: Qualification
  /** Message key of `why`. */
  key: string
  /** The earlier report it repeats, updates or relays. */
  relatedId: number | null
}

/**
 * Does the report count for the trigger rules (DOMAIN §5)? To leave out a true failure is worse than to count one too
 * many: whatever is doubtful counts, and a disqualification by words needs a structured field that agrees.
 */
export function qualifies(
  fact: ReportFact,
  earlier: readonly ReportFact[],
  vitalNumbers: readonly string[],
  values: CorrelationValues = correlationValues(),
): QualificationVerdict {
  const alone = standing(fact, vitalNumbers)
  if (alone !== 'failure') return verdict(alone, null)

  const before = inOrder(earlier).filter(
    (other) => other.id !== fact.id && other.at <= fact.at && standing(other, vitalNumbers) === 'failure',
  )
  if (fact.duplicateOf !== null) return verdict('duplicate', fact.duplicateOf)

  const own = before.find((other) => isOwnCase(fact, other, values))
  if (own) return verdict(onlyAsks(fact, own) ? 'request' : 'update', own.id)

  if (isSecondHand(fact)) {
    const original = before.find((other) => isOriginal(fact, other, values))
    if (original) return verdict(fact.says.relay ? 'relay' : 'duplicate', original.id)
  }
  return verdict('failure', null)
}

/** What the report is by itself, before comparing it with others. */
export function standing(fact: ReportFact, vitalNumbers: readonly string[]): Qualification {
  if (fact.role === 'media') return 'media'
  // What the cell's own watch reads on social networks is said by the public.
  if (fact.role === 'public' || fact.channel === 'social_watch') return 'public'
  if (!fact.verified) return 'unverified'
  if (fact.says.exercise) return 'exercise'
  // Works that break something are a failure: only "nothing to report" makes them an announcement.
  if (fact.symptom === 'NONE') return fact.says.works && !testsPassed(fact) ? 'works' : 'all_clear'
  if (!fact.numbers.some((number) => vitalNumbers.includes(number))) return 'no_vital_number'
  if (fact.family === 'load' && !oneNetworkOnly(fact)) return 'load'
  if (siteExplained(fact)) return 'site_explained'
  return 'failure'
}

/** Verdicts on all, in the order of the instants; the order of arrival within one instant changes nothing. */
export function judgeAll(
  facts: readonly ReportFact[],
  vitalNumbers: readonly string[],
  values: CorrelationValues = correlationValues(),
): { fact: ReportFact; verdict: QualificationVerdict }[] {
  const ordered = inOrder(facts)
  return ordered.map((fact, index) => ({
    fact,
    verdict: qualifies(fact, ordered.slice(0, index), vitalNumbers, values),
  }))
}

/** A busy tone from one named network while tests fail is not a full room: it is that network. */
function oneNetworkOnly(fact: ReportFact): boolean {
  return namedOperators(fact).length === 1 && fact.tests !== null && fact.tests.ok < fact.tests.tried
}

/**
 * The site's own fault: everything fell there and it names its own equipment; or it says that all is back and every test
 * passes. "Our IPBX cannot reach 15" alone explains nothing: that is how a hospital sees a failure of the network too.
 */
function siteExplained(fact: ReportFact): boolean {
  if (fact.symptom === 'SITE_ALL_DOWN' && fact.says.ownEquipment) return true
  return fact.says.back && testsPassed(fact)
}

function testsPassed(fact: ReportFact): boolean {
  return fact.tests !== null && fact.tests.tried > 0 && fact.tests.ok === fact.tests.tried
}

/** The same organisation on the same numbers and family: news of its own case, which counts as news. */
function isOwnCase(fact: ReportFact, other: ReportFact, values: CorrelationValues): boolean {
  return (
    other.organisation === fact.organisation &&
    other.territory.code === fact.territory.code &&
    other.family === fact.family &&
    sharesNumber(fact, other) &&
    fact.at - other.at <= values.sameCaseMin * MINUTE
  )
}

/** An authority that already spoke and now only asks for news, without a figure: nothing new to count. */
function onlyAsks(fact: ReportFact, own: ReportFact): boolean {
  return fact.role === 'authority' && fact.says.request && fact.tests === null && fact.symptom === own.symptom
}

function isOriginal(fact: ReportFact, other: ReportFact, values: CorrelationValues): boolean {
  return (
    !isSecondHand(other) &&
    covers(fact.territory, other.territory) &&
    other.family === fact.family &&
    sharesNumber(fact, other) &&
    fact.at - other.at <= values.duplicateMin * MINUTE &&
    (other.closedAt === null || other.closedAt > fact.at)
  )
}

function sharesNumber(a: ReportFact, b: ReportFact): boolean {
  return a.numbers.some((number) => b.numbers.includes(number))
}

function verdict(why: Qualification, relatedId: number | null): QualificationVerdict {
  const counts = why === 'failure' || why === 'update'
  return { qualifies: counts, why, key: `triggers.qualification.${why}`, relatedId }
}
