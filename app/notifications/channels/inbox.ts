import { sql } from 'drizzle-orm'
import { inboxMessage } from '#db/schema/notification.ts'
import type { NotificationChannel } from '../port.ts'

export const inboxChannel: NotificationChannel = {
  name: 'inbox',
  async deliver(tx, exerciseId, notices, now) {
    await tx
      .insert(inboxMessage)
      .values(notices.map((notice) => ({ ...notice, exerciseId, createdAt: now })))
      .onConflictDoNothing({ target: [inboxMessage.accountId, inboxMessage.dedupeKey] })
    // One hint a transaction (a NOTIFY takes a global lock at commit); the open pages of these persons read again.
    const accounts = [...new Set(notices.map((notice) => notice.accountId))]
    await tx.execute(sql`select pg_notify('permanence', ${`inbox:${accounts.join(',')}`})`)
  },
}
