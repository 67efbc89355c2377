import { type ActivationVerdict, decide } from '#app/crisis/rules/activation.ts'
import { clockFrom } from '#app/crisis/rules/clock.ts'
import { type ClockValues, clockValues } from '#app/crisis/rules/thresholds.ts'
import { priorFromDirectory } from '#app/incidents/rules/baseline.ts'
import { correlate, type Proposal } from '#app/incidents/rules/correlation.ts'
import { type ReportFact, reportFact } from '#app/incidents/rules/facts.ts'
import { heard } from '#app/incidents/rules/heard.ts'
import { nothingLearnt } from '#app/incidents/rules/learning.ts'
import {
  afterJoining,
  episodeHome,
  type IncidentFacts,
  incidentOf,
  membershipOf,
} from '#app/incidents/rules/membership.ts'
import { outcomeOf } from '#app/incidents/rules/outcome.ts'
import { placeOfCode } from '#app/incidents/rules/places.ts'
import { type QualificationVerdict, qualifies } from '#app/incidents/rules/qualification.ts'
import { watchLimits } from '#app/incidents/rules/thresholds.ts'
import { type Episode, Watch, type WatchLimits } from '#app/incidents/rules/watch.ts'
import { NUMBERS } from '#db/reference/numbers.ts'
import type { Outcome } from '#db/reference/vocabulary.ts'
import { type Drill, numbersHeard, numbersOf, saidOf, symptomHeard, vitalNumbersOf } from './drill.ts'

const MINUTE = 60_000
export const FRENCH_VITAL = ['15', '17', '18', '112', '114', '196']
const FRENCH_NUMBERS = NUMBERS.map((one) => one.number)

export type Replay = {
  reports: { seq: number; verdict: QualificationVerdict; outcome: Outcome }[]
  firstQualifying: number | null
  proposals: (Proposal & { offset: number })[]
  episodes: Episode[]
  crisisProposed: number | null
  crisisActive: number | null
  activatedBy: string | null
  incidents: IncidentFacts[]
}

/** The thresholds it is played with. */
export type InForce = { limits: WatchLimits; clock: ClockValues }
const ORIGINAL: InForce = { limits: watchLimits(), clock: clockValues() }

/** The rules alone, minute by minute, nobody answering: what the commands do with a crew of none, without a database. */
export function replay(drill: Drill, inForce: InForce = ORIGINAL): Replay {
  const facts = factsOfDrill(drill)
  // The world of an exercise has the directory of its file.
  const { baseline, tails } = nothingLearnt(
    priorFromDirectory(new Set(facts.map((fact) => fact.organisation)).size),
  )
  const vital = vitalNumbersOf(drill, FRENCH_VITAL)
  const offset = (at: number) => (at - drill.t0) / MINUTE
  const made = new Map<string, Proposal>()
  const homes = new Map<string, number>()
  const watch = new Watch()
  let incidents: IncidentFacts[] = []
  const reports: Replay['reports'] = []

  facts.forEach((fact, index) => {
    const earlier = facts.slice(0, index)
    const known = [...earlier, fact]
    const voice = heard(fact, vital)
    if (voice) {
      const said = watch.hear(fact.at, [voice], baseline, tails, inForce.limits)
      for (const episode of said.founded) {
        const home = { start: episode.start, caseIds: episode.voices }
        homes.set(episode.key, episodeHome(home, incidents) ?? incidents.length + 1)
      }
      for (const episode of watch.episodes)
        incidents = gather(incidents, homes.get(episode.key) ?? 0, factsOf(known, episode.voices))
    }
    const verdict = qualifies(fact, earlier, vital)
    reports.push({ seq: fact.id, verdict, outcome: outcomeOf(verdict) })
    const home = membershipOf({ fact, verdict, incidents })
    const loose = !incidents.some((incident) => incident.caseIds.includes(fact.id))
    if (loose && home?.certainty === 'attach')
      incidents = join(incidents, home.incidentId, fact, verdict.qualifies)
    for (const proposal of correlate({ facts: known, ownTests: [], vitalNumbers: vital, now: fact.at })) {
      if (made.has(proposal.key)) continue
      made.set(proposal.key, proposal)
      const where = incidentOf(proposal, incidents)
      if (where.kind === 'none') continue
      const id = where.kind === 'existing' ? where.incidentId : incidents.length + 1
      incidents = gather(incidents, id, factsOf(known, proposal.caseIds))
    }
  })

  const activation = activationOf(watch.episodes, facts, inForce.clock)
  const qualifying = reports.filter((one) => one.verdict.qualifies).map((one) => one.seq)
  const first = facts.find((fact) => qualifying.includes(fact.id))
  const fired = watch.episodes.map((one) => one.firedAt)
  return {
    reports,
    firstQualifying: first ? offset(first.at) : null,
    proposals: [...made.values()].map((proposal) => ({ ...proposal, offset: offset(proposal.firedAt) })),
    episodes: watch.episodes,
    crisisProposed: fired.length > 0 ? offset(Math.min(...fired)) : null,
    crisisActive: activation?.kind === 'activate' ? offset(activation.at) : null,
    activatedBy: activation?.kind === 'activate' ? activation.by : null,
    incidents: incidents.filter((incident) => incident.caseIds.length > 0),
  }
}

/** As the intake takes them: places and numbers are those of the table. */
export function factsOfDrill(drill: Drill): ReportFact[] {
  const known = new Set([...FRENCH_NUMBERS, ...numbersOf(drill)])
  return drill.reports.map((report) => {
    const numbers = numbersHeard(report, known)
    return reportFact({
      ...saidOf(report, drill, placeOfCode),
      ...{ numbers, symptom: symptomHeard(numbers, report.symptom) },
    })
  })
}

function activationOf(
  episodes: readonly Episode[],
  facts: ReportFact[],
  clock: ClockValues,
): ActivationVerdict | null {
  const end = Math.max(...facts.map((fact) => fact.at)) + 24 * 60 * MINUTE
  const open = episodes.map((one) => ({
    key: one.key,
    level: 'crisis' as const,
    proposedAt: one.firedAt,
    sureAt: one.sureAt,
    clock: clockFrom(one.start, clock),
    decision: null,
    reopenedAt: null,
  }))
  return open.length > 0 ? decide(end, open, clock) : null
}

function factsOf(known: readonly ReportFact[], ids: readonly number[]): ReportFact[] {
  return known.filter((fact) => ids.includes(fact.id))
}

/** All of these into one incident, made when it is new; what another one held leaves it. */
function gather(incidents: IncidentFacts[], id: number, facts: ReportFact[]): IncidentFacts[] {
  const first = facts[0]
  if (!first) return incidents
  const fresh: IncidentFacts[] = incidents.some((one) => one.id === id)
    ? []
    : [
        {
          ...{ id, state: 'suspected', openedAt: first.at, lastAt: first.at },
          ...{ caseIds: [], organisations: [], territories: [], families: [] },
        },
      ]
  const ids = facts.map((fact) => fact.id)
  const left = [...incidents, ...fresh].map((one) =>
    one.id === id ? one : { ...one, caseIds: one.caseIds.filter((held) => !ids.includes(held)) },
  )
  return facts.reduce((all, fact) => join(all, id, fact, true), left)
}

function join(incidents: IncidentFacts[], id: number, fact: ReportFact, counts: boolean): IncidentFacts[] {
  return incidents.map((incident) => (incident.id === id ? afterJoining(incident, fact, counts) : incident))
}
