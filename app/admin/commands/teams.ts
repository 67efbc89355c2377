import { and, count, eq, inArray } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { rolesWith } from '#app/_auth/rules/roles.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { administer, asSeen, missed, writeDown } from '#app/directory/commands/administer.ts'
import { account, routingRule, team, teamMember } from '#db/schema/account.ts'
import type { Input, teamActiveInput, teamInput } from '../input.ts'

/** Adds a team, or changes its name and who is in it. Only people of the cell are. */
export function saveTeam(
  actor: Actor,
  { id, seen, name, members }: Input<typeof teamInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(
    actor,
    'routing.keep',
    async (tx, admin) => {
      const wanted = [...new Set(members)]
      const known = await tx
        .select({ id: account.id })
        .from(account)
        .where(and(inArray(account.id, wanted), inArray(account.role, rolesWith('cases.work'))))
      if (known.length !== wanted.length) return refusedField('members', 'directory.invalid.choice')
      const [saved] = id
        ? await tx
            .update(team)
            .set({ name })
            .where(asSeen(team, id, seen))
            .returning()
        : await tx.insert(team).values({ name }).returning()
      if (!saved) return missed(tx, team, id ?? 0)
      await tx.delete(teamMember).where(eq(teamMember.teamId, saved.id))
      if (wanted.length > 0)
        await tx.insert(teamMember).values(wanted.map((accountId) => ({ teamId: saved.id, accountId })))
      await writeDown(
        tx,
        admin,
        'routing',
        'routing.changed',
        { team: saved.id, name, made: !id, members: wanted },
        now,
      )
      return done({ id: saved.id })
    },
    refusedField('name', 'directory.refused.name_taken'),
  )
}

/** The general queue is always there; a team that a rule in use names stays too: reports would go nowhere else. */
export function setTeamActive(
  actor: Actor,
  { id, active }: Input<typeof teamActiveInput>,
  now: Date,
): Promise<Result<{ active: boolean }>> {
  return administer(actor, 'routing.keep', async (tx, admin) => {
    const [before] = await tx.select().from(team).where(eq(team.id, id)).for('update')
    if (!before) return refused('directory.refused.absent')
    if (!active && before.general) return refused('admin.refused.general_team')
    const [rules] = await tx
      .select({ n: count() })
      .from(routingRule)
      .where(and(eq(routingRule.teamId, id), eq(routingRule.active, true)))
    if (!active && rules && rules.n > 0) return refused('admin.refused.team_in_rules', { count: rules.n })
    if (before.active === active) return done({ active })
    await tx.update(team).set({ active }).where(eq(team.id, id))
    await writeDown(tx, admin, 'routing', 'routing.changed', { team: id, active }, now)
    return done({ active })
  })
}
