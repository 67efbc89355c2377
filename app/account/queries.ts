import { asc, eq, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { account } from '#db/schema/account.ts'
import { organisation, post } from '#db/schema/directory.ts'
import { inReality } from '#db/transaction.ts'

/** One's own account, as oneself may read and change it. */
export function readProfile(actor: AccountActor) {
  return inReality(actor, async (tx) => {
    const [row] = await tx
      .select({
        name: account.name,
        email: account.email,
        role: account.role,
        postId: account.postId,
        phone: account.phone,
        locale: account.locale,
        organisationId: account.organisationId,
        organisation: organisation.name,
        territoryCode: sql<string>`coalesce(${organisation.territoryCode}, '')`,
      })
      .from(account)
      .leftJoin(organisation, eq(organisation.id, account.organisationId))
      .where(eq(account.id, actor.accountId))
    if (!row) return null
    const posts = await tx
      .select({ id: post.id, name: post.name })
      .from(post)
      .where(sql`${post.organisationId} = ${row.organisationId}::bigint and ${post.active}`)
      .orderBy(asc(post.name))
    return { ...row, posts }
  })
}
