import { and, eq } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { savedView } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'

/** Beyond, a list of views helps nobody find anything. */
const MOST_VIEWS = 20

/** The filters of the moment under a name, for oneself; the same name again replaces them. Private: not a fact, no journal line. */
export function saveView(
  actor: AccountActor,
  { name, query }: { name: string; query: string },
): Promise<Result<{ name: string }>> {
  return asActor(actor, async (tx) => {
    const mine = await tx.select({ name: savedView.name }).from(savedView)
    if (mine.length >= MOST_VIEWS && !mine.some((view) => view.name === name))
      return refused('queue.views.too_many', { most: MOST_VIEWS })
    await tx
      .insert(savedView)
      .values({ accountId: actor.accountId, name, query })
      .onConflictDoUpdate({ target: [savedView.accountId, savedView.name], set: { query } })
    return done({ name })
  })
}

export function deleteView(actor: AccountActor, { id }: { id: number }): Promise<Result<{ id: number }>> {
  return asActor(actor, async (tx) => {
    await tx.delete(savedView).where(and(eq(savedView.id, id), eq(savedView.accountId, actor.accountId)))
    return done({ id })
  })
}
