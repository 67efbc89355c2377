import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { account } from '#db/schema/account.ts'
import { broadcastRecipient } from '#db/schema/broadcast.ts'
import { contactWay } from '#db/schema/crisis.ts'
import { contact, post } from '#db/schema/directory.ts'
import { type outbox, pushSubscription } from '#db/schema/notification.ts'
import type { Tx } from '#db/transaction.ts'
import type { Channel, ChannelOutside, Destination } from '../port.ts'

/** What is needed to send to a browser that asked for notifications. */
export const BROWSER = {
  id: pushSubscription.id,
  endpoint: pushSubscription.endpoint,
  p256dh: pushSubscription.p256dh,
  auth: pushSubscription.auth,
}

export type Recipient =
  | { type: 'account' | 'way' | 'browser'; id: number; accountId: number }
  | { type: 'contact' | 'post'; id: number; accountId: null }
export type Way = { destination: Destination; channel: ChannelOutside }

/**
 * Everything by which a recipient can be reached outside the house, in the order it is tried: a person by the application's own
 * account, then by the on-call ways, those proved first, or those `provedOnly`; a contact or a post by what the directory says.
 */
export async function waysTo(
  tx: Tx,
  to: Recipient,
  channels: readonly Channel[],
  provedOnly = false,
): Promise<Way[]> {
  const outside = channels.filter((one) => one.where === 'outside')
  if (outside.length === 0) return []
  const destinations =
    to.accountId === null
      ? [await destinationOf(tx, to.type, to.id)]
      : await ofPerson(tx, to.accountId, provedOnly)
  // What is read at once, whichever of his numbers it is, before what is read in the morning.
  return outside.flatMap((channel) =>
    destinations.flatMap((destination) =>
      destination && channel.validate(destination).ok ? [{ destination, channel }] : [],
    ),
  )
}

/** What it is now; null when it is out of use. */
export async function destinationOf(
  tx: Tx,
  type: (typeof outbox.$inferSelect)['toType'],
  id: number,
): Promise<Destination | null> {
  switch (type) {
    case 'account': {
      const [row] = await tx
        .select({ email: account.email })
        .from(account)
        .where(and(eq(account.id, id), eq(account.active, true)))
      return row ? { type, id, email: row.email } : null
    }
    case 'way': {
      const [row] = await tx
        .select({ kind: contactWay.kind, value: contactWay.value })
        .from(contactWay)
        .innerJoin(account, and(eq(account.id, contactWay.accountId), eq(account.active, true)))
        .where(and(eq(contactWay.id, id), eq(contactWay.active, true)))
      return row ? { type, id, ...row } : null
    }
    case 'contact': {
      const [row] = await tx
        .select({ phone: contact.phone, email: contact.email })
        .from(contact)
        .where(and(eq(contact.id, id), eq(contact.active, true)))
      return row ? { type, id, ...row } : null
    }
    case 'browser': {
      const [row] = await tx
        .select({
          endpoint: pushSubscription.endpoint,
          p256dh: pushSubscription.p256dh,
          auth: pushSubscription.auth,
        })
        .from(pushSubscription)
        .innerJoin(account, and(eq(account.id, pushSubscription.accountId), eq(account.active, true)))
        .where(eq(pushSubscription.id, id))
      return row ? { type, id, ...row } : null
    }
    case 'telephone': {
      const [row] = await tx
        .select({ phone: broadcastRecipient.phone })
        .from(broadcastRecipient)
        .where(eq(broadcastRecipient.id, id))
      return row ? { type, id, phone: row.phone, email: null } : null
    }
    case 'post': {
      const [row] = await tx
        .select({ phone: contact.phone, email: contact.email })
        .from(post)
        .innerJoin(contact, and(eq(contact.postId, post.id), eq(contact.active, true)))
        .where(and(eq(post.id, id), eq(post.active, true)))
        .orderBy(desc(contact.callBack), asc(contact.id))
        .limit(1)
      return row ? { type, id, ...row } : null
    }
  }
}

async function ofPerson(tx: Tx, accountId: number, provedOnly: boolean): Promise<(Destination | null)[]> {
  const own = await destinationOf(tx, 'account', accountId)
  if (!own) return []
  const ways = await tx
    .select({ id: contactWay.id, kind: contactWay.kind, value: contactWay.value })
    .from(contactWay)
    .where(
      and(
        eq(contactWay.accountId, accountId),
        eq(contactWay.active, true),
        provedOnly ? isNotNull(contactWay.verifiedAt) : undefined,
      ),
    )
    .orderBy(
      sql`${contactWay.verifiedAt} is null`,
      sql`array_position(array['mobile', 'landline', 'satellite', 'pager', 'email'], ${contactWay.kind})`,
      asc(contactWay.id),
    )
  const browsers = await tx
    .select(BROWSER)
    .from(pushSubscription)
    .where(eq(pushSubscription.accountId, accountId))
  return [
    own,
    ...ways.map((way) => ({ type: 'way' as const, ...way })),
    ...browsers.map((one) => ({ type: 'browser' as const, ...one })),
  ]
}
