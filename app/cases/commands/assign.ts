import { eq } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { roleMay } from '#app/_auth/rules/roles.ts'
import type { Result } from '#app/_doors/result.ts'
import { refused } from '#app/_doors/result.ts'
import { account, team } from '#db/schema/account.ts'
import type { assignInput, Input } from '../input.ts'
import { changeCase } from './change.ts'

/** Hands the case to a team or a person; the present holder's claim ends. */
export function assignCase(
  actor: Actor,
  input: Input<typeof assignInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'assign', now, async ({ row }, tx) => {
    const teamId = input.teamId ?? row.teamId
    const [to] = await tx
      .select({ id: team.id, name: team.name, active: team.active })
      .from(team)
      .where(eq(team.id, teamId))
    const [person] = input.assigneeId
      ? await tx
          .select({ id: account.id, name: account.name, active: account.active, role: account.role })
          .from(account)
          .where(eq(account.id, input.assigneeId))
      : []
    if (!to?.active || (input.assigneeId && (!person?.active || !roleMay(person.role, 'cases.work'))))
      return refused('cases.refused.no_such_assignee')
    return {
      set: { teamId, assigneeId: person?.id ?? null, claimedById: null, claimedUntil: null },
      line: {
        event: 'case.assigned',
        visibility: 'internal',
        text: input.reason,
        data: { team: to.name, assignee: person?.name ?? null, assigneeId: person?.id ?? null },
      },
      value: {},
    }
  })
}
