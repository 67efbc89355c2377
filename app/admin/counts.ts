import { count, eq, isNull, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { account, apiToken, routingRule, team } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'

/** Figures of the front page: what is in use. */
export function countAdministered(actor: Actor) {
  return asActor(actor, async (tx) => {
    const [accounts] = await tx
      .select({
        n: count(),
        administrators: sql<number>`count(*) filter (where ${account.role} = 'admin')::int`,
      })
      .from(account)
      .where(eq(account.active, true))
    const [teams] = await tx.select({ n: count() }).from(team).where(eq(team.active, true))
    const [rules] = await tx.select({ n: count() }).from(routingRule).where(eq(routingRule.active, true))
    const [tokens] = await tx.select({ n: count() }).from(apiToken).where(isNull(apiToken.revokedAt))
    return {
      accounts: accounts?.n ?? 0,
      administrators: accounts?.administrators ?? 0,
      teams: teams?.n ?? 0,
      rules: rules?.n ?? 0,
      tokens: tokens?.n ?? 0,
    }
  })
}
