import { type ActivationVerdict, decide } from '#app/crisis/rules/activation.ts'
import { clockFrom } from '#app/crisis/rules/clock.ts'
import { correlate, type Proposal } from '#app/incidents/rules/correlation.ts'
import type { ReportFact } from '#app/incidents/rules/facts.ts'
import {
  afterJoining,
  type IncidentFacts,
  incidentOf,
  membershipOf,
} from '#app/incidents/rules/membership.ts'
import { outcomeOf } from '#app/incidents/rules/outcome.ts'
import { type QualificationVerdict, qualifies } from '#app/incidents/rules/qualification.ts'
import type { Outcome } from '#db/reference/vocabulary.ts'
import { type Drill, factOf, vitalNumbersOf } from './drill.ts'

const MINUTE = 60_000
export const FRENCH_VITAL = ['15', '17', '18', '112', '114', '196']

export type Replay = {
  reports: { seq: number; verdict: QualificationVerdict; outcome: Outcome }[]
  firstQualifying: number | null
  proposals: (Proposal & { offset: number })[]
  crisisProposed: number | null
  crisisActive: number | null
  activatedBy: string | null
  incidents: IncidentFacts[]
}

/** The rules alone, minute by minute, nobody answering: what the commands do with a crew of none, without a database. */
export function replay(drill: Drill): Replay {
  const facts = drill.reports.map((report) => factOf(report, drill))
  const vital = vitalNumbersOf(drill, FRENCH_VITAL)
  const offset = (at: number) => (at - drill.t0) / MINUTE
  const made = new Map<string, Proposal>()
  let incidents: IncidentFacts[] = []
  const reports: Replay['reports'] = []

  facts.forEach((fact, index) => {
    const earlier = facts.slice(0, index)
    const verdict = qualifies(fact, earlier, vital)
    reports.push({ seq: fact.id, verdict, outcome: outcomeOf(verdict) })
    const home = membershipOf(fact, verdict, incidents)
    if (home?.certainty === 'attach') incidents = join(incidents, home.incidentId, fact, verdict.qualifies)

    const known = [...earlier, fact]
    for (const proposal of correlate({ facts: known, ownTests: [], vitalNumbers: vital, now: fact.at })) {
      if (made.has(proposal.key)) continue
      made.set(proposal.key, proposal)
      const cases = known.filter((one) => proposal.caseIds.includes(one.id))
      incidents = settle(incidents, proposal, cases)
    }
  })

  const crises = [...made.values()].filter((proposal) => proposal.level === 'crisis')
  const activation = activationOf(crises, facts)
  const qualifying = reports.filter((one) => one.verdict.qualifies).map((one) => one.seq)
  const first = facts.find((fact) => qualifying.includes(fact.id))
  return {
    reports,
    firstQualifying: first ? offset(first.at) : null,
    proposals: [...made.values()].map((proposal) => ({ ...proposal, offset: offset(proposal.firedAt) })),
    crisisProposed: crises.length > 0 ? offset(Math.min(...crises.map((one) => one.firedAt))) : null,
    crisisActive: activation?.kind === 'activate' ? offset(activation.at) : null,
    activatedBy: activation?.kind === 'activate' ? activation.by : null,
    incidents,
  }
}

function activationOf(crises: Proposal[], facts: ReportFact[]): ActivationVerdict | null {
  const end = Math.max(...facts.map((fact) => fact.at)) + 24 * 60 * MINUTE
  const open = crises.map((one) => ({
    key: one.key,
    level: one.level,
    proposedAt: one.firedAt,
    clock: clockFrom(one.groupStart),
    decision: null,
    reopenedAt: null,
  }))
  return crises.length > 0 ? decide(end, open) : null
}

function settle(incidents: IncidentFacts[], proposal: Proposal, cases: ReportFact[]): IncidentFacts[] {
  const home = incidentOf(proposal, incidents)
  if (home.kind === 'none') return incidents
  const id = home.kind === 'existing' ? home.incidentId : incidents.length + 1
  const first = cases[0]
  const fresh: IncidentFacts[] =
    home.kind === 'new' && first
      ? [
          {
            ...{ id, state: 'suspected', openedAt: proposal.firedAt, lastAt: first.at },
            ...{ caseIds: [], organisations: [], territories: [], families: [] },
          },
        ]
      : []
  let after = [...incidents, ...fresh]
  for (const fact of cases) {
    if (!after.some((incident) => incident.caseIds.includes(fact.id))) after = join(after, id, fact, true)
  }
  return after
}

function join(incidents: IncidentFacts[], id: number, fact: ReportFact, counts: boolean): IncidentFacts[] {
  return incidents.map((incident) => (incident.id === id ? afterJoining(incident, fact, counts) : incident))
}
