import type { ClosureState, LineKind, StepKind, StepState } from '#db/schema/migration.ts'
import { type LineFacts, same } from './resilience.ts'

const DAY = 86_400_000

/** A site needs about nine months from its study to the removal [D]: a second access alone is six in the country. */
export const PLAN_BEFORE_DAYS = 274

/** What stands on copper. */
export const COPPER: readonly LineKind[] = ['t0', 't2', 'analogue']

export type Closure = { commercialOn: string | null; technicalOn: string; state: ClosureState }
export type RiskFacts = {
  access: string
  lines: readonly LineFacts[]
  steps: readonly { kind: StepKind; state: StepState; startsAt: Date }[]
  closure: Closure | null
  /** The move is over: nothing is left on copper. */
  ended: boolean
}
/** In the order of their gravity. */
export const RISKS = ['closed', 'no_plan', 'late_plan', 'shared_exchange', 'no_order', 'suspended'] as const
export type Risk = (typeof RISKS)[number]

export function onCopper({ access, lines }: Pick<RiskFacts, 'access' | 'lines'>): boolean {
  const inService = lines.filter((line) => line.stage === 'in_service')
  if (inService.length > 0) return inService.some((line) => COPPER.includes(line.kind))
  return access === 'rtc' || access === 'mixed'
}

/** The second access would fall with the first: both in service leave from one exchange. */
export function sharesExchange(lines: RiskFacts['lines']): boolean {
  const inService = lines.filter((line) => line.stage === 'in_service')
  return inService.length > 1 && same(inService.map((line) => line.exchange))
}

/** What threatens a site, the gravest first; nothing when it left copper and its accesses stand apart. */
export function risksOf(facts: RiskFacts, now: Date): Risk[] {
  const found = new Set<Risk>()
  if (sharesExchange(facts.lines)) found.add('shared_exchange')
  if (facts.closure && !facts.ended && onCopper(facts))
    for (const risk of ofClosure(facts, facts.closure, now)) found.add(risk)
  return RISKS.filter((risk) => found.has(risk))
}

function ofClosure({ steps }: RiskFacts, { commercialOn, technicalOn, state }: Closure, now: Date): Risk[] {
  if (state === 'suspended') return ['suspended']
  const end = Date.parse(`${technicalOn}T00:00:00Z`)
  if (now.getTime() >= end) return ['closed']
  const risks: Risk[] = []
  const cut = steps.filter(
    (one) => one.kind === 'cut_over' && one.state !== 'failed' && one.state !== 'cancelled',
  )
  if (cut.length === 0 && end - now.getTime() <= PLAN_BEFORE_DAYS * DAY) risks.push('no_plan')
  if (cut.length > 0 && cut.every((one) => one.startsAt.getTime() >= end)) risks.push('late_plan')
  if (commercialOn && now.getTime() >= Date.parse(`${commercialOn}T00:00:00Z`)) risks.push('no_order')
  return risks
}
