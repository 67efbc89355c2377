import { sql } from 'drizzle-orm'
import { inboxMessage } from '#db/schema/notification.ts'
import type { ChannelHere } from '../port.ts'

/** The messages in the application: read on the page, and in the bar of every page. */
export const inbox: ChannelHere = {
  name: 'inbox',
  where: 'here',
  validate: (to) => (to.type === 'account' ? { ok: true } : { ok: false, key: 'inbox.invalid.no_account' }),
  async send(tx, exerciseId, messages, now) {
    const rows = messages.flatMap(({ accountId, kind, data, caseId, incidentId, dedupeKey }) =>
      accountId === null
        ? []
        : [{ accountId, kind, data, caseId, incidentId, dedupeKey, exerciseId, createdAt: now }],
    )
    const accounts = [...new Set(rows.map((row) => row.accountId))]
    // Sent together, they are one round trip. One hint a transaction: a NOTIFY takes a global lock at commit.
    await Promise.all([
      tx
        .insert(inboxMessage)
        .values(rows)
        .onConflictDoNothing({ target: [inboxMessage.accountId, inboxMessage.dedupeKey] }),
      tx.execute(sql`select pg_notify('permanence', ${`inbox:${accounts.join(',')}`})`),
    ])
  },
}
