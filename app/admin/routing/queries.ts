import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import type { Reason } from '#app/_doors/result.ts'
import type { RoutingRule } from '#app/cases/rules/routing.ts'
import { communesByCode, communeTyped, type FoundCommune } from '#app/directory/communes.ts'
import { searchable } from '#db/reference/searchable.ts'
import { account, routingRule, team, teamMember } from '#db/schema/account.ts'
import { journal } from '#db/schema/journal.ts'
import { territory } from '#db/schema/reference.ts'
import { inReality, type Tx } from '#db/transaction.ts'

export type ListedRule = RoutingRule & { active: boolean; version: string; team: string }

/** Rules in the order in which they are read, in use or not. */
export function listRules(actor: Actor): Promise<ListedRule[]> {
  return inReality(actor, (tx) => rules(tx).orderBy(asc(routingRule.position), asc(routingRule.id)))
}

export async function readRule(actor: Actor, id: number): Promise<ListedRule | null> {
  const [rule] = await inReality(actor, (tx) => rules(tx).where(eq(routingRule.id, id)))
  return rule ?? null
}

function rules(tx: Tx) {
  return tx
    .select({
      id: routingRule.id,
      position: routingRule.position,
      name: routingRule.name,
      territories: routingRule.territories,
      numbers: routingRule.numbers,
      levels: routingRule.levels,
      reporterKinds: routingRule.reporterKinds,
      teamId: routingRule.teamId,
      assigneeOrder: routingRule.assigneeOrder,
      active: sql<boolean>`${routingRule.active} and ${team.active}`,
      version: sql<string>`${routingRule}.xmin::text`,
      team: team.name,
    })
    .from(routingRule)
    .innerJoin(team, eq(team.id, routingRule.teamId))
}

/** Teams, the general queue first, with who is in them and how many rules in use send to them. */
export function listTeams(actor: Actor) {
  return inReality(actor, async (tx) => {
    const teams = await tx
      .select({
        id: team.id,
        name: team.name,
        general: team.general,
        active: team.active,
        version: sql<string>`${team}.xmin::text`,
        rules: sql<number>`(select count(*)::int from routing_rule r where r.team_id = team.id and r.active)`,
      })
      .from(team)
      .orderBy(desc(team.general), desc(team.active), team.name)
    const members = await tx
      .select({
        teamId: teamMember.teamId,
        id: account.id,
        name: account.name,
        role: account.role,
        active: account.active,
      })
      .from(teamMember)
      .innerJoin(account, eq(account.id, teamMember.accountId))
      .orderBy(account.name)
    return teams.map((one) => ({ ...one, members: members.filter(({ teamId }) => teamId === one.id) }))
  })
}

/** Who may be given a case at `now`: whoever is on duty. */
export function onDutyNow(actor: Actor, now: Date): Promise<Set<number>> {
  return inReality(actor, async (tx) => {
    const found = await tx.execute<{ id: number }>(
      sql`select account_id::int as id from app.on_duty(${now.toISOString()}::timestamptz)`,
    )
    return new Set(found.map(({ id }) => id))
  })
}

/** Who changed a rule or a team last, and when: from the journal. */
export function lastRoutingChange(actor: Actor, kind: 'rule' | 'team', id: number) {
  return inReality(actor, async (tx) => {
    const [line] = await tx
      .select({ name: journal.actorName, at: journal.at })
      .from(journal)
      .where(and(eq(journal.chain, 'routing'), sql`${journal.data}->>${kind} = ${String(id)}`))
      .orderBy(desc(journal.seq))
      .limit(1)
    return line ?? null
  })
}

export type FoundPlace = { code: string; name: string; commune: FoundCommune | null; holding: string[] }

/**
 * The département a person means, by its code or name, or by one of its communes; with the territories that hold it, as a
 * report is routed.
 */
export function findPlace(
  actor: Actor,
  { place, communeCode }: { place: string; communeCode: string },
): Promise<FoundPlace | Reason> {
  return inReality(actor, async (tx) => {
    const all = await tx
      .select({
        code: territory.code,
        name: territory.name,
        region: territory.regionCode,
        zone: territory.zoneCode,
      })
      .from(territory)
      .where(sql`${territory.kind} = 'departement' and ${territory.exerciseId} is null`)
    const words = searchable(place)
    const typed = communeCode
      ? undefined
      : all.find((one) => one.code === place.trim().toUpperCase() || searchable(one.name) === words)
    const named = typed || communeCode ? { code: communeCode || null } : await communeTyped(tx, place, '')
    if ('fault' in named) return { key: named.fault, ...(named.values ? { values: named.values } : {}) }
    const [commune] = named.code ? await communesByCode(tx, [named.code]) : []
    const found = typed ?? all.find((one) => one.code === commune?.departementCode)
    if (!found) return { key: 'directory.invalid.commune' }
    const holding = [found.code, found.region, found.zone, 'FR'].filter((one) => one !== null)
    return { code: found.code, name: found.name, commune: commune ?? null, holding }
  })
}
