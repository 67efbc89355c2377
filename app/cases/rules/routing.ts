import type { Level } from '#db/schema/cases.ts'

export type RoutingRule = {
  id: number
  position: number
  name: string
  territories: string[]
  numbers: string[]
  levels: number[]
  reporterKinds: string[]
  teamId: number
  assigneeOrder: number[]
}

export type RoutingFacts = {
  /** The territory of the case and those that hold it: département, region, zone, country. */
  territories: string[]
  numbers: string[]
  level: Level
  reporterKind: string
}

export type RoutingVerdict = { rule: RoutingRule | null; teamId: number; assigneeId: number | null }

/**
 * Which rule takes this report: the first in order of position all of whose conditions hold; an empty condition holds
 * for everything. No match: the general queue, never nowhere. It is given to the first of the rule's order who is on duty now;
 * none of them is: to the team, whose people on duty are told.
 */
export function route(
  facts: RoutingFacts,
  rules: RoutingRule[],
  generalTeamId: number,
  onDuty: ReadonlySet<number>,
): RoutingVerdict {
  const rule =
    [...rules].sort((a, b) => a.position - b.position || a.id - b.id).find((one) => takes(one, facts)) ?? null
  if (!rule) return { rule: null, teamId: generalTeamId, assigneeId: null }
  return {
    rule,
    teamId: rule.teamId,
    assigneeId: rule.assigneeOrder.find((id) => onDuty.has(id)) ?? null,
  }
}

function takes(rule: RoutingRule, facts: RoutingFacts): boolean {
  return (
    holds(rule.territories, facts.territories) &&
    holds(rule.numbers, facts.numbers) &&
    holds(rule.levels, [facts.level]) &&
    holds(rule.reporterKinds, [facts.reporterKind])
  )
}

function holds<T>(wanted: T[], present: T[]): boolean {
  return wanted.length === 0 || wanted.some((one) => present.includes(one))
}
