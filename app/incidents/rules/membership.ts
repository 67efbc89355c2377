import type { IncidentState } from '#db/schema/incidents.ts'
import type { Proposal } from './correlation.ts'
import { covers, isSecondHand, MINUTE, type Place, type ReportFact } from './facts.ts'
import type { QualificationVerdict } from './qualification.ts'
import { type CorrelationValues, correlationValues } from './thresholds.ts'

/** An incident as the grouping reads it. */
export type IncidentFacts = {
  id: number
  state: IncidentState
  openedAt: number
  /** Instant of the last qualifying report attached. */
  lastAt: number
  caseIds: number[]
  organisations: string[]
  territories: Place[]
  families: string[]
}

/** What a person took out of an incident, and where it is now. */
export type MovedOut = {
  incidentId: number
  /** The incident that holds it now; null: it lives alone. */
  nowIn: number | null
  organisation: string
  territory: string
  numbers: string[]
}

/** 'attach': the machine attaches, reversibly. 'candidate': one click for a person. */
export type Membership = { incidentId: number; certainty: 'attach' | 'candidate'; key: string }

export type Membering = {
  fact: ReportFact
  verdict: QualificationVerdict
  incidents: readonly IncidentFacts[]
  movedOut?: readonly MovedOut[]
  values?: CorrelationValues
}

/**
 * Which open incident does the report belong to? The one that holds the case it is about, else one of its own place and
 * family. A wide incident is offered, never presumed to be the cause of all that follows. What a person moved out stays out, and what looks like it follows it.
 */
export function membershipOf({
  fact,
  verdict,
  incidents,
  movedOut = [],
  values = correlationValues(),
}: Membering): Membership | null {
  const alike = movedOut.filter((one) => looksLike(fact, one))
  const open = incidents
    .filter((incident) => incident.state !== 'closed' && !alike.some((one) => one.incidentId === incident.id))
    .sort((a, b) => b.lastAt - a.lastAt || a.openedAt - b.openedAt)
  const attach = (incident: IncidentFacts, why: string): Membership => ({
    incidentId: incident.id,
    certainty: 'attach',
    key: `triggers.membership.${why}`,
  })
  const isNear = (incident: IncidentFacts) => fact.at - incident.lastAt <= values.incidentGapMin * MINUTE

  const related = open.find((incident) => incident.caseIds.includes(verdict.relatedId ?? Number.NaN))
  if (related) return attach(related, 'related')
  const former = open.find((incident) => incident.caseIds.includes(fact.relapseOf ?? Number.NaN))
  if (former) return attach(former, 'relapse')
  if (verdict.why === 'all_clear') {
    const own = open.find((incident) => incident.organisations.includes(fact.organisation))
    return own ? attach(own, 'all_clear') : null
  }
  if (!verdict.qualifies) return null
  const followed = open.find((incident) => alike.some((one) => one.nowIn === incident.id))
  if (followed) return attach(followed, 'follows')

  for (const incident of open) {
    const here = incident.territories.some(
      (place) => covers(place, fact.territory) || covers(fact.territory, place),
    )
    const near = isNear(incident)
    const relapse = isOver(incident)
    const sameFamily = incident.families.includes(fact.family)
    if (sameFamily && here && (near || relapse)) return attach(incident, relapse ? 'relapse' : 'territory')
    // A fallback number that fails during the failure is its consequence.
    if (fact.symptom === 'FALLBACK_FAIL' && (here || isWide(incident)) && near)
      return attach(incident, 'fallback')
  }
  // What was restored everywhere explains a new failure elsewhere only while it is fresh.
  const candidate = open.find(
    (incident) =>
      incident.territories.some((place) => covers(place, fact.territory)) ||
      (isWide(incident) && (!isOver(incident) || isNear(incident))),
  )
  if (!candidate) return null
  return { incidentId: candidate.id, certainty: 'candidate', key: 'triggers.membership.possible' }
}

export function looksLike(fact: ReportFact, moved: MovedOut): boolean {
  if (fact.organisation === moved.organisation) return true
  return (
    fact.territory.code === moved.territory && fact.numbers.some((number) => moved.numbers.includes(number))
  )
}

/**
 * The incident of an episode: one that began with it and holds little else, else a new one. A fault of the morning that one
 * of its reporters had is not its home: it would swallow the wave.
 */
export function episodeHome(
  episode: { start: number; caseIds: readonly number[] },
  incidents: readonly IncidentFacts[],
  values: CorrelationValues = correlationValues(),
): number | null {
  const within = (incident: IncidentFacts) =>
    incident.caseIds.filter((id) => episode.caseIds.includes(id)).length
  const own = incidents
    .filter((one) => one.state === 'suspected' || one.state === 'confirmed')
    .filter((one) => one.openedAt >= episode.start - values.sameTerritoryMin * MINUTE)
    .map((one) => ({ one, held: within(one) }))
    .filter(({ one, held }) => held > 0 && held >= one.caseIds.length / 2)
    .sort((a, b) => b.held - a.held || a.one.openedAt - b.one.openedAt)
  return own[0]?.one.id ?? null
}

/**
 * The incident of a proposal: the oldest open one that holds one of its cases, else a new one. A check opens none: looking
 * is not yet an incident.
 */
export function incidentOf(
  proposal: Pick<Proposal, 'caseIds' | 'level'>,
  incidents: readonly IncidentFacts[],
): { kind: 'existing'; incidentId: number } | { kind: 'new' } | { kind: 'none' } {
  const open = incidents
    .filter((incident) => incident.state !== 'closed')
    .sort((a, b) => a.openedAt - b.openedAt)
  const holding = open.find((incident) => proposal.caseIds.some((id) => incident.caseIds.includes(id)))
  if (holding) return { kind: 'existing', incidentId: holding.id }
  return proposal.level === 'check' ? { kind: 'none' } : { kind: 'new' }
}

/** Restored, or only what remains is followed. */
function isOver(incident: IncidentFacts): boolean {
  return incident.state === 'restored' || incident.state === 'residual'
}

function isWide(incident: Pick<IncidentFacts, 'territories'>): boolean {
  const codes = new Set(incident.territories.map((place) => place.code))
  return codes.size > 1 || incident.territories.some((place) => place.kind !== 'departement')
}

/** What an incident is after a report joined it. */
export function afterJoining(incident: IncidentFacts, fact: ReportFact, qualifies: boolean): IncidentFacts {
  if (incident.caseIds.includes(fact.id)) return incident
  const joined = { ...incident, caseIds: [...incident.caseIds, fact.id] }
  if (!qualifies) return joined
  const told = isSecondHand(fact) ? [] : [fact.family]
  return {
    ...joined,
    lastAt: Math.max(incident.lastAt, fact.at),
    organisations: [...new Set([...incident.organisations, fact.organisation])],
    territories: incident.territories.some((place) => place.code === fact.territory.code)
      ? incident.territories
      : [...incident.territories, fact.territory],
    families: [...new Set([...incident.families, ...told])],
  }
}
