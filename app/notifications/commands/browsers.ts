import { and, desc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { isAllowedHost } from '#app/_doors/rules/allowed-host.ts'
import { outbox, pushSubscription } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'
import { channelsIn } from '../channels/registry.ts'
import { readSettings } from '../channels/settings.ts'
import { queued } from './enqueue.ts'
import { BROWSER } from './ways.ts'

/** What a browser hands out when its owner allows notifications (RFC 8291: a point of P-256, and sixteen octets). */
export const subscriptionInput = z.object({
  endpoint: z.url().max(1_000),
  p256dh: z.string().regex(/^[\w-]{87,88}=?$/),
  auth: z.string().regex(/^[\w-]{22,24}={0,2}$/),
})
export const dropInput = subscriptionInput.pick({ endpoint: true })
export const tryBrowsersInput = z.object({})

/** Of one person, the newest so many: a browser that was thrown away says nothing. */
const MOST = 10
const pushing = machine('push')

/** A browser becomes one more way to reach whoever is signed in on it; another's before it is no longer. */
export function keepBrowser(
  actor: AccountActor,
  subscription: z.output<typeof subscriptionInput>,
  now: Date,
): Promise<Result<{ kept: boolean }>> {
  const { accountId } = actor
  return asActor(pushing, async (tx) => {
    const { push } = await readSettings(tx)
    if (!push) return refused('inbox.invalid.push_unset')
    if (!isAllowedHost(subscription.endpoint, push.hosts)) return refused('inbox.invalid.push_host')
    const row = { ...subscription, accountId, createdAt: now }
    await tx
      .insert(pushSubscription)
      .values(row)
      .onConflictDoUpdate({ target: pushSubscription.endpoint, set: row })
    const own = await tx
      .select({ id: pushSubscription.id })
      .from(pushSubscription)
      .where(eq(pushSubscription.accountId, accountId))
      .orderBy(desc(pushSubscription.createdAt), desc(pushSubscription.id))
    const old = own.slice(MOST).map((one) => one.id)
    if (old.length > 0) await tx.delete(pushSubscription).where(inArray(pushSubscription.id, old))
    return done({ kept: true })
  })
}

/** This browser is no way to reach him any more. */
export function dropBrowser(
  actor: AccountActor,
  { endpoint }: z.output<typeof dropInput>,
): Promise<Result<{ dropped: boolean }>> {
  return asActor(pushing, async (tx) => {
    await tx
      .delete(pushSubscription)
      .where(and(eq(pushSubscription.endpoint, endpoint), eq(pushSubscription.accountId, actor.accountId)))
    return done({ dropped: true })
  })
}

/** A notification to each of one's own browsers, to see that it comes. */
export function tryBrowsers(
  actor: AccountActor,
  _input: unknown,
  now: Date,
): Promise<Result<{ sent: number }>> {
  return asActor(pushing, async (tx) => {
    const channel = (await channelsIn(tx)).find((one) => one.name === 'push')
    const browsers = await tx
      .select(BROWSER)
      .from(pushSubscription)
      .where(eq(pushSubscription.accountId, actor.accountId))
    if (channel?.where !== 'outside' || browsers.length === 0) return refused('inbox.invalid.no_browser')
    for (const browser of browsers) {
      const to = { type: 'browser' as const, id: browser.id, accountId: actor.accountId }
      const key = `way_test:browser:${browser.id}:${now.getTime()}`
      const telling = { to, kind: 'way_test', data: {}, caseId: null, incidentId: null, dedupeKey: key }
      const destination = { type: 'browser' as const, ...browser }
      await tx
        .insert(outbox)
        .values(queued(telling, { destination, channel }, true, now))
        .onConflictDoNothing()
    }
    return done({ sent: browsers.length })
  })
}
