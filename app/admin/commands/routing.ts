import { and, asc, desc, eq, gt, inArray, lt, max } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { rolesWith } from '#app/_auth/rules/roles.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { administer, asSeen, changedFields, missed, writeDown } from '#app/directory/commands/administer.ts'
import { placesNamed } from '#app/directory/commands/save-organisation.ts'
import { account, routingRule, team } from '#db/schema/account.ts'
import { emergencyNumber } from '#db/schema/reference.ts'
import type { Tx } from '#db/transaction.ts'
import type { Input, ruleActiveInput, ruleIdInput, ruleInput, ruleMoveInput } from '../input.ts'

/** Adds a rule at the end, where it takes nothing from another, or changes one in its place. */
export function saveRule(
  actor: Actor,
  { id, seen, ...wanted }: Input<typeof ruleInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(actor, 'routing.keep', async (tx, admin) => {
    const wrong = await judge(tx, wanted)
    if (wrong) return wrong
    const [before] = id ? await tx.select().from(routingRule).where(eq(routingRule.id, id)) : []
    const [saved] = id
      ? await tx
          .update(routingRule)
          .set(wanted)
          .where(asSeen(routingRule, id, seen))
          .returning()
      : await tx
          .insert(routingRule)
          .values({ ...wanted, position: await nextPosition(tx) })
          .returning()
    if (!saved) return missed(tx, routingRule, id ?? 0)
    const fields = changedFields(before, wanted)
    await writeDown(
      tx,
      admin,
      'routing',
      'routing.changed',
      { rule: saved.id, made: !id, fields, ...wanted },
      now,
    )
    return done({ id: saved.id })
  })
}

/** One place up or down: the first rule that holds takes the report, so the order is the rule. */
export function moveRule(
  actor: Actor,
  { id, to }: Input<typeof ruleMoveInput>,
  now: Date,
): Promise<Result<{ position: number }>> {
  return administer(actor, 'routing.keep', async (tx, admin) => {
    await tx.select({ id: routingRule.id }).from(routingRule).orderBy(asc(routingRule.id)).for('update')
    const [rule] = await tx.select().from(routingRule).where(eq(routingRule.id, id))
    if (!rule) return refused('directory.refused.absent')
    const [neighbour] = await tx
      .select()
      .from(routingRule)
      .where((to === 'up' ? lt : gt)(routingRule.position, rule.position))
      .orderBy((to === 'up' ? desc : asc)(routingRule.position))
      .limit(1)
    if (!neighbour) return refused(to === 'up' ? 'admin.refused.rule_first' : 'admin.refused.rule_last')
    await tx.update(routingRule).set({ position: rule.position }).where(eq(routingRule.id, neighbour.id))
    await tx.update(routingRule).set({ position: neighbour.position }).where(eq(routingRule.id, id))
    await writeDown(
      tx,
      admin,
      'routing',
      'routing.changed',
      { rule: id, name: rule.name, from: rule.position, to: neighbour.position },
      now,
    )
    return done({ position: neighbour.position })
  })
}

export function setRuleActive(
  actor: Actor,
  { id, active }: Input<typeof ruleActiveInput>,
  now: Date,
): Promise<Result<{ active: boolean }>> {
  return administer(actor, 'routing.keep', async (tx, admin) => {
    const [rule] = await tx.select().from(routingRule).where(eq(routingRule.id, id)).for('update')
    if (!rule) return refused('directory.refused.absent')
    const [of] = await tx.select().from(team).where(eq(team.id, rule.teamId))
    if (active && !of?.active) return refused('admin.refused.team_inactive')
    if (rule.active === active) return done({ active })
    await tx.update(routingRule).set({ active }).where(eq(routingRule.id, id))
    await writeDown(tx, admin, 'routing', 'routing.changed', { rule: id, name: rule.name, active }, now)
    return done({ active })
  })
}

/** Gone from the list; the journal keeps what it said. Cases it routed keep their team. */
export function deleteRule(
  actor: Actor,
  { id }: Input<typeof ruleIdInput>,
  now: Date,
): Promise<Result<null>> {
  return administer(actor, 'routing.keep', async (tx, admin) => {
    const [gone] = await tx.delete(routingRule).where(eq(routingRule.id, id)).returning()
    if (!gone) return refused('directory.refused.absent')
    const { id: rule, ...was } = gone
    await writeDown(tx, admin, 'routing', 'routing.changed', { rule, deleted: true, ...was }, now)
    return done(null)
  })
}

type Wanted = Omit<Input<typeof ruleInput>, 'id' | 'seen'>

async function judge(tx: Tx, wanted: Wanted) {
  const places = await placesNamed(tx, wanted.territories)
  const place = wanted.territories.find((code) => !places.has(code))
  if (place) return refusedField('territories', 'directory.invalid.territory', { code: place })
  const numbers = await tx.select({ number: emergencyNumber.number }).from(emergencyNumber)
  const strange = wanted.numbers.find((number) => !numbers.some((one) => one.number === number))
  if (strange) return refusedField('numbers', 'directory.invalid.number', { number: strange })
  const [of] = await tx
    .select({ id: team.id })
    .from(team)
    .where(and(eq(team.id, wanted.teamId), eq(team.active, true)))
  if (!of) return refusedField('teamId', 'directory.invalid.choice')
  const people = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(inArray(account.id, wanted.assigneeOrder), inArray(account.role, rolesWith('cases.work'))))
  if (people.length !== wanted.assigneeOrder.length)
    return refusedField('assigneeOrder', 'directory.invalid.choice')
  return null
}

async function nextPosition(tx: Tx): Promise<number> {
  const [last] = await tx.select({ position: max(routingRule.position) }).from(routingRule)
  return (last?.position ?? 0) + 1
}
