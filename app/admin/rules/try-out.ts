import { type RoutingFacts, type RoutingRule, type RoutingVerdict, route } from '#app/cases/rules/routing.ts'

export type Condition = 'territories' | 'numbers' | 'levels' | 'reporterKinds' | 'inactive'
export type Considered = { rule: RoutingRule; failed: Condition[]; takes: boolean }

/**
 * Which rule would take this report, and why none before it did. The verdict is the routing rule's own; each condition
 * is asked of it alone, by a rule that has no other, so that the explanation cannot drift from what happens.
 */
export function tryOut(
  facts: RoutingFacts,
  rules: (RoutingRule & { active: boolean })[],
  generalTeamId: number,
  onDuty: ReadonlySet<number>,
): { verdict: RoutingVerdict; considered: Considered[] } {
  const verdict = route(
    facts,
    rules.filter((rule) => rule.active),
    generalTeamId,
    onDuty,
  )
  const considered = [...rules]
    .sort((a, b) => a.position - b.position || a.id - b.id)
    .map((rule) => ({
      rule,
      takes: rule.id === verdict.rule?.id,
      failed: [
        ...(rule.active ? [] : ['inactive' as const]),
        ...CONDITIONS.filter((one) => !holds(rule, one, facts)),
      ],
    }))
  const last = considered.findIndex((one) => one.takes)
  return { verdict, considered: last < 0 ? considered : considered.slice(0, last + 1) }
}

const CONDITIONS = ['territories', 'numbers', 'levels', 'reporterKinds'] as const

function holds(rule: RoutingRule, condition: (typeof CONDITIONS)[number], facts: RoutingFacts): boolean {
  const alone: RoutingRule = {
    ...rule,
    territories: [],
    numbers: [],
    levels: [],
    reporterKinds: [],
    [condition]: rule[condition],
  }
  return route(facts, [alone], 0, new Set()).rule !== null
}
