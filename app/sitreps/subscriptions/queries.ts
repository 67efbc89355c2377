import { and, asc, eq, sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { noticeSubscription } from '#db/schema/crisis.ts'
import { organisation, post } from '#db/schema/directory.ts'
import { emergencyNumber } from '#db/schema/reference.ts'
import { asActor } from '#db/transaction.ts'

/** The posts of an organisation, what each chose, where it is reached, and what may be chosen. Null: not his to see. */
export function readSubscriptions(actor: AccountActor, asked: number | null) {
  const organisationId = may(actor, 'directory.keep') ? (asked ?? actor.organisationId) : actor.organisationId
  return asActor(actor, async (tx) => {
    if (!organisationId) return null
    const [found] = await tx
      .select({ name: organisation.name })
      .from(organisation)
      .where(eq(organisation.id, organisationId))
    if (!found) return null
    const [posts, numbers, territories] = await Promise.all([
      tx
        .select({
          id: post.id,
          name: post.name,
          // Whom a message to the post reaches: notifications/commands/ways.ts asks the same.
          reached: sql<{
            phone: string | null
            email: string | null
          } | null>`(select jsonb_build_object('phone', c.phone, 'email', c.email)
            from contact c where c.post_id = ${post.id} and c.active order by c.call_back desc, c.id limit 1)`,
          fromLevel: noticeSubscription.fromLevel,
          territories: noticeSubscription.territories,
          numbers: noticeSubscription.numbers,
          channels: noticeSubscription.channels,
          at: noticeSubscription.at,
          byName: noticeSubscription.byName,
        })
        .from(post)
        .leftJoin(noticeSubscription, eq(noticeSubscription.postId, post.id))
        .where(and(eq(post.organisationId, organisationId), eq(post.active, true)))
        .orderBy(asc(post.name)),
      tx
        .select({ number: emergencyNumber.number })
        .from(emergencyNumber)
        .orderBy(asc(emergencyNumber.position), asc(emergencyNumber.number)),
      // Its own and those that it answers for; a country is no choice.
      tx.execute<{ code: string; name: string }>(sql`select t.code, t.name from territory t, organisation o
        where o.id = ${organisationId} and t.exercise_id is null and t.kind = 'departement'
          and (t.code = any (o.sees) or t.region_code = any (o.sees) or t.zone_code = any (o.sees)) order by t.code limit 30`),
    ])
    return {
      organisation: found.name,
      posts,
      numbers: numbers.map(({ number }) => number),
      territories: [...territories],
    }
  })
}
export type SubscribedPost = NonNullable<Awaited<ReturnType<typeof readSubscriptions>>>['posts'][number]
