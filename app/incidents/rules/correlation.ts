import { inOrder, isSecondHand, MINUTE, passesOrdinaryCalls, type ReportFact } from './facts.ts'
import { judgeAll, type QualificationVerdict } from './qualification.ts'
import { type CorrelationValues, correlationValues } from './thresholds.ts'
import { figures, voicesInPlace } from './voices.ts'
import type { EpisodeRule } from './watch.ts'

export type Rule = 'R0' | 'R2' | 'R3' | EpisodeRule
export type ProposalLevel = 'check' | 'N3' | 'crisis'

/** What the rules propose to a person. `key` names the same proposal at each reading of the facts. */
export type Proposal = {
  key: string
  rule: Rule
  level: ProposalLevel
  /** When the facts first held: epoch ms. */
  firedAt: number
  /** R1: the first qualifying report of its group. The crisis clock of the proposal starts here. */
  groupStart: number
  /** Cases that carried it, then those that joined, in order. */
  caseIds: number[]
  reason: { key: string; values: Record<string, string | number> }
}

/** A test call of the cell itself, on a case. */
export type OwnTest = { caseId: number; at: number; passed: number; tried: number }

export type CorrelationInput = {
  facts: readonly ReportFact[]
  ownTests: readonly OwnTest[]
  vitalNumbers: readonly string[]
  now: number
  values?: CorrelationValues
}

type Judged = { fact: ReportFact; verdict: QualificationVerdict }

type Scan = {
  rule: Rule
  level: ProposalLevel
  windowMin: number
  /** A later report of the scope joins within so many minutes of the last. */
  joinMin: number
  scopes: (fact: ReportFact) => string[]
  holds: (window: ReportFact[]) => boolean
  reason?: string
}

/**
 * What the facts known at `now` are worth below a crisis, place by place: a check by own tests (R0), an N3 (R0 tested, R2), an
 * authority's sentence to be looked into (R3). Whether it is a crisis is not counted here: rules/watch.ts knows what is usual.
 */
export function correlate(input: CorrelationInput): Proposal[] {
  const values = input.values ?? correlationValues()
  const known = input.facts.filter((fact) => fact.at <= input.now)
  const judged = judgeAll(known, input.vitalNumbers, values)
  const live = judged.filter(({ verdict }) => isLive(verdict)).map(({ fact }) => fact)
  const gap = values.incidentGapMin
  const run = (facts: ReportFact[], rule: Scan) => scan(facts, rule, judged)
  const r2 = run(live.filter(isLocal), {
    ...{ rule: 'R2', level: 'N3', windowMin: values.sameTerritoryMin, joinMin: gap },
    scopes: (fact) => [fact.territory.code],
    holds: (window) => voicesInPlace(window) >= values.sameTerritoryOrganisations,
  })
  // One sentence, however wide the territory that a form proposed: somebody looks, nobody is woken.
  const r3 = run(
    live.filter((fact) => fact.wideView),
    {
      ...{ rule: 'R3', level: 'check', windowMin: 0, joinMin: gap },
      ...{ scopes: (fact) => [fact.territory.code], holds: () => true, reason: 'R3_authority' },
    },
  )
  const r0 = run(live.filter(passesOrdinaryCalls), {
    ...{ rule: 'R0', level: 'check', windowMin: 0, joinMin: gap },
    ...{ scopes: (fact) => [fact.territory.code], holds: () => true },
  })
  const failed = failedOwnTests(input.ownTests, input.now, live, values)
  return [...r2, ...r3, ...failed, ...r0].sort((a, b) => a.firedAt - b.firedAt || (a.key < b.key ? -1 : 1))
}

/**
 * The proposal already made, or null. Not by key alone: a report verified later counts from when it was said, and may
 * move the instant of a proposal that people already hold in hand.
 */
export function alreadyMade<Made extends { key: string; rule: string; level: string; caseIds: number[] }>(
  proposal: Pick<Proposal, 'key' | 'caseIds'>,
  made: readonly Made[],
): Made | null {
  const scope = (key: string) => key.split(':').slice(0, 3).join(':')
  return (
    made.find((one) => one.key === proposal.key) ??
    made.find(
      (one) =>
        scope(one.key) === scope(proposal.key) && one.caseIds.some((id) => proposal.caseIds.includes(id)),
    ) ??
    null
  )
}

/** A report after the decision, in the same proposal, asks again (DOMAIN §5): its instant, or null. */
export function reopenedAt(
  proposal: Pick<Proposal, 'caseIds'>,
  decidedAt: number,
  facts: readonly ReportFact[],
): number | null {
  const news = facts.filter((fact) => proposal.caseIds.includes(fact.id) && fact.at > decidedAt)
  return news.length === 0 ? null : Math.min(...news.map((fact) => fact.at))
}

function isLocal(fact: ReportFact): boolean {
  return fact.territory.kind === 'departement'
}

function isLive(verdict: QualificationVerdict): boolean {
  return verdict.qualifies || verdict.why === 'duplicate' || verdict.why === 'relay'
}

function scan(live: ReportFact[], rule: Scan, judged: Judged[]): Proposal[] {
  const found: Proposal[] = []
  for (const scope of new Set(live.flatMap(rule.scopes))) {
    const inScope = inOrder(live.filter((fact) => rule.scopes(fact).includes(scope)))
    let open: { members: ReportFact[]; proposal: Proposal } | null = null
    inScope.forEach((fact, index) => {
      const last = open?.members.at(-1)
      if (open && last && fact.at - last.at <= rule.joinMin * MINUTE) {
        open.members.push(fact)
        open.proposal.caseIds = caseIds(open.members, judged)
        return
      }
      open = null
      const window = inScope
        .slice(0, index + 1)
        .filter((other) => fact.at - other.at <= rule.windowMin * MINUTE)
      if (!rule.holds(window)) return
      const proposal = propose(rule, scope, fact.at, window, judged)
      open = { members: window, proposal }
      found.push(proposal)
    })
  }
  return found
}

function propose(rule: Scan, scope: string, at: number, window: ReportFact[], judged: Judged[]): Proposal {
  const first = Math.min(...window.map((fact) => fact.at))
  return {
    // The instant and not the case: two reports of one instant may come in either order.
    key: `${rule.rule}:${rule.level}:${scope.replaceAll(':', ' ')}:${at}`,
    rule: rule.rule,
    level: rule.level,
    firedAt: at,
    groupStart: first,
    caseIds: caseIds(window, judged),
    reason: { key: `triggers.proposal.${rule.reason ?? rule.rule}`, values: { ...figures(window), scope } },
  }
}

/** The cases that count; a report that only relays stands for the one it relays. */
function caseIds(members: ReportFact[], judged: Judged[]): number[] {
  const ids = members.map((fact) => {
    const verdict = judged.find((one) => one.fact.id === fact.id)?.verdict
    return isSecondHand(fact) && verdict && !verdict.qualifies ? (verdict.relatedId ?? fact.id) : fact.id
  })
  return [...new Set(ids)]
}

/** R0, second half: own test calls that fail make the failure certain, whatever the reporter was worth. */
function failedOwnTests(
  tests: readonly OwnTest[],
  now: number,
  live: readonly ReportFact[],
  values: CorrelationValues,
): Proposal[] {
  const found: Proposal[] = []
  for (const fact of live) {
    let tried = 0
    let passed = 0
    const own = tests.filter((test) => test.caseId === fact.id && test.at <= now).sort((a, b) => a.at - b.at)
    for (const test of own) {
      tried += test.tried
      passed += test.passed
      const failed = tried - passed
      if (failed < values.ownTestFailures || failed / tried < values.ownTestShare) continue
      found.push({
        key: `R0:N3:${fact.id}:${test.at}`,
        ...{ rule: 'R0', level: 'N3', firedAt: test.at, groupStart: fact.at, caseIds: [fact.id] },
        reason: { key: 'triggers.proposal.R0_tests', values: { ...figures([fact]), failed, tried } },
      })
      break
    }
  }
  return found
}
