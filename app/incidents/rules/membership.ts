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

/** 'attach': the machine attaches, reversibly. 'candidate': one click for a person. */
export type Membership = { incidentId: number; certainty: 'attach' | 'candidate'; key: string }

/**
 * Which open incident does the report belong to? One incident of several territories is presumed to be the cause of every
 * call-routing failure that follows closely; a local one takes only its own territory. Unrelated families are offered,
 * never attached.
 */
export function membershipOf(
  fact: ReportFact,
  verdict: QualificationVerdict,
  incidents: readonly IncidentFacts[],
  values: CorrelationValues = correlationValues(),
): Membership | null {
  const open = incidents
    .filter((incident) => incident.state !== 'closed')
    .sort((a, b) => a.openedAt - b.openedAt)
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

  for (const incident of open) {
    const here = incident.territories.some(
      (place) => covers(place, fact.territory) || covers(fact.territory, place),
    )
    const near = isNear(incident)
    const relapse = isOver(incident)
    const sameFamily = incident.families.includes(fact.family)
    if (sameFamily && here && (near || relapse)) return attach(incident, relapse ? 'relapse' : 'territory')
    if (fact.family === 'routing' && sameFamily && isWide(incident) && near) return attach(incident, 'wide')
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

/**
 * The incident of a proposal: the oldest open one that holds one of its cases, else a new one. A check opens none: looking
 * is not yet an incident.
 */
export function incidentOf(
  proposal: Proposal,
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
