import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { type Actor, actorId, may } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { LEVELS } from '#db/schema/cases.ts'
import { NOTICE_CHANNELS, noticeSubscription } from '#db/schema/crisis.ts'
import { post } from '#db/schema/directory.ts'
import { emergencyNumber, territory } from '#db/schema/reference.ts'
import { inReality, type Tx } from '#db/transaction.ts'

export const subscribeInput = z.object({
  postId: z.coerce.number().int().positive(),
  fromLevel: z.coerce.number().pipe(z.literal(LEVELS)),
  territories: z.array(z.string().max(20)).max(120).default([]),
  numbers: z.array(z.string().max(10)).max(40).default([]),
  channels: z.array(z.enum(NOTICE_CHANNELS)).default([]),
})

/** A post chooses what it is told of and by what; without a channel it is told nothing of its own. */
export function subscribe(
  actor: Actor,
  { postId, ...chosen }: z.output<typeof subscribeInput>,
  now: Date,
): Promise<Result<{ channels: number }>> {
  return inReality(actor, async (tx, real) => {
    const [found] = await tx
      .select({ id: post.id, organisationId: post.organisationId })
      .from(post)
      .where(and(eq(post.id, postId), eq(post.active, true)))
    if (!found || actor.kind !== 'account') return refused('crisis.refused.absent')
    const own = may(actor, 'notices.acknowledge') && found.organisationId === actor.organisationId
    if (!own && !may(actor, 'directory.keep')) return refused('crisis.refused.absent')
    const unknown = await firstUnknown(tx, chosen)
    if (unknown) return refusedField(unknown, 'sitreps.invalid.choice')
    await tx
      .insert(noticeSubscription)
      .values({ postId, ...chosen, at: now, byName: actor.name })
      .onConflictDoUpdate({
        target: noticeSubscription.postId,
        set: { ...chosen, at: now, byName: actor.name },
      })
    await append(tx, real, {
      chain: `account:${actorId(actor)}`,
      at: now,
      event: 'notice.subscribed',
      visibility: 'internal',
      data: { postId, organisationId: found.organisationId, ...chosen },
    })
    return done({ channels: chosen.channels.length })
  })
}

async function firstUnknown(
  tx: Tx,
  { territories, numbers }: { territories: string[]; numbers: string[] },
): Promise<'territories' | 'numbers' | null> {
  const places = new Set((await tx.select({ code: territory.code }).from(territory)).map(({ code }) => code))
  if (territories.some((code) => !places.has(code))) return 'territories'
  const known = await tx.select({ number: emergencyNumber.number }).from(emergencyNumber)
  return numbers.some((one) => !known.some(({ number }) => number === one)) ? 'numbers' : null
}
