import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { account } from './account.ts'
import { exerciseId, identity, instant, known, reference } from './columns.ts'

/** What the channel `inbox` writes: the messages a person reads in the application. */
export const inboxMessage = pgTable(
  'inbox_message',
  {
    id: identity(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    exerciseId: exerciseId(),
    /** Message key: inbox.KIND. */
    kind: text().notNull(),
    data: jsonb().$type<Record<string, string | number>>().notNull(),
    caseId: reference(),
    incidentId: reference(),
    /** Same key twice = told once. */
    dedupeKey: text().notNull(),
    createdAt: instant().notNull(),
    readAt: instant(),
    acknowledgedAt: instant(),
  },
  (t) => [
    uniqueIndex('inbox_message_once').on(t.accountId, t.dedupeKey),
    index('inbox_message_unread').on(t.accountId, t.id.desc().nullsFirst()),
    index('inbox_message_at').on(t.createdAt),
  ],
)

/** What has become of a message; what each means is said in app/notifications/rules/delivery.ts. */
export const DELIVERY_STATES = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'acknowledged',
  'failed',
  'cancelled',
] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** On the page, by the link in the message, by an answer, by a key pressed, or told by whoever telephoned. */
export const ACKNOWLEDGED_BY = ['page', 'link', 'reply', 'key', 'call'] as const
export type AcknowledgedBy = (typeof ACKNOWLEDGED_BY)[number]

/**
 * One message to one recipient over one channel, and what has become of it. Queued in the transaction that tells; what leaves
 * the house is sent by the clock `outbox`, outside any transaction.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: identity(),
    exerciseId: exerciseId(),
    toType: text().$type<'account' | 'way' | 'contact' | 'post' | 'browser' | 'telephone'>().notNull(),
    toId: reference().notNull(),
    /** The person behind a way: the one whose next channel is tried. */
    accountId: reference().references(() => account.id),
    channel: text().notNull(),
    /** Message key: inbox.KIND. */
    kind: text().notNull(),
    data: jsonb().$type<Record<string, string | number>>().notNull(),
    caseId: reference(),
    incidentId: reference(),
    /** Of the fact that is told: the same to the same recipient over the same channel is told once. */
    dedupeKey: text().notNull(),
    pressing: boolean().notNull(),
    state: text().$type<DeliveryState>().notNull(),
    attempts: smallint().notNull().default(0),
    /** When it is to be tried; while it is being sent, until when that is believed. */
    dueAt: instant(),
    /** Whose try it is: what another wrote meanwhile is not overwritten. */
    claim: uuid(),
    /** What the far side calls it. */
    externalId: text(),
    /** Somebody died, or heard nothing, between sending and writing it down, and the far side knows no keys. */
    mayArriveTwice: boolean().notNull().default(false),
    lastError: text(),
    createdAt: instant().notNull(),
    sentAt: instant(),
    deliveredAt: instant(),
    acknowledgedAt: instant(),
    /** By which way its reader said so. */
    acknowledgedBy: text().$type<AcknowledgedBy>(),
  },
  (t) => [
    uniqueIndex('outbox_once').on(t.dedupeKey, t.toType, t.toId, t.channel),
    index('outbox_due').on(t.dueAt).where(sql`due_at is not null`),
    // What a channel sends next, though tens of thousands wait.
    index('outbox_next')
      .on(t.channel, t.pressing.desc().nullsFirst(), t.dueAt, t.id)
      .where(sql`due_at is not null`),
    // How much somebody was told lately; what is old enough to be forgotten.
    index('outbox_to').on(t.toType, t.toId, t.createdAt),
    index('outbox_at').on(t.createdAt),
    index('outbox_external').on(t.channel, t.externalId).where(sql`external_id is not null`),
    index('outbox_person').on(t.accountId, t.dedupeKey),
    index('outbox_incident').on(t.incidentId).where(sql`incident_id is not null`),
    index('outbox_case').on(t.caseId).where(sql`case_id is not null`),
    // The strip of every page asks what became of the calls of the ladder, the roster when each way was last tried.
    index('outbox_called').on(t.accountId, t.createdAt).where(sql`kind = 'crisis_called'`),
    index('outbox_way_test')
      .on(t.toId, t.id.desc().nullsFirst())
      .where(sql`kind = 'way_test' and to_type = 'way'`),
    // An answer is to what went lately; a channel's page asks what last arrived.
    index('outbox_answered').on(t.sentAt).where(sql`channel = 'sms'`),
    index('outbox_arrived')
      .on(t.channel, sql`(greatest(delivered_at, acknowledged_at))`)
      .where(sql`delivered_at is not null or acknowledged_at is not null`),
    known('outbox', 'acknowledged_by', ACKNOWLEDGED_BY),
    check(
      'outbox_state',
      sql`state in ('queued', 'sending', 'sent', 'delivered', 'acknowledged', 'failed', 'cancelled')`,
    ),
  ],
)

/** What a person has chosen not to be told (app/notifications/rules/choice.ts). */
export const notificationChoice = pgTable('notification_choice', {
  accountId: reference()
    .primaryKey()
    .references(() => account.id),
  quiet: text().array().notNull(),
})

/**
 * One part of a message, as the far side calls it, and what came of it there. A receipt may come before the worker has written
 * down what it sent: then the part is known before its message, and one that never gets a message was for none of ours.
 */
export const messagePart = pgTable(
  'message_part',
  {
    channel: text().notNull(),
    externalId: text().notNull(),
    outboxId: reference().references(() => outbox.id, { onDelete: 'cascade' }),
    says: text().$type<'delivered' | 'failed'>(),
    at: instant().notNull(),
  },
  (t) => [
    primaryKey({ name: 'message_part_pkey', columns: [t.channel, t.externalId] }),
    index('message_part_of').on(t.outboxId).where(sql`outbox_id is not null`),
    known('message_part', 'says', ['delivered', 'failed']),
  ],
)

/** What each channel last proved, one row a channel: shown at /admin/messaging, and red at /operations when it fails. */
export const channelProof = pgTable('channel_proof', {
  channel: text().primaryKey(),
  acceptedAt: instant(),
  failedAt: instant(),
  /** Why it last failed; null since it works. */
  error: text(),
  failures: integer().notNull().default(0),
})

/** A browser that asked for notifications: where its maker takes them, and the keys that only it can open them with. */
export const pushSubscription = pgTable(
  'push_subscription',
  {
    id: identity(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    endpoint: text().notNull(),
    p256dh: text().notNull(),
    auth: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('push_subscription_once').on(t.endpoint),
    index('push_subscription_account').on(t.accountId),
  ],
)

export const MAIL_FATES = ['landed', 'quarantined', 'bounce', 'automatic', 'unknown'] as const
export type MailFate = (typeof MAIL_FATES)[number]

/** Each letter that came in, once, and what became of it: on its case, put aside, or a return. */
export const inboundMail = pgTable(
  'inbound_mail',
  {
    id: identity(),
    /** Message-ID, or a digest of all of it where it has none. */
    messageId: text().notNull(),
    at: instant().notNull(),
    fate: text().$type<MailFate>().notNull(),
    caseId: reference(),
    incidentId: reference(),
    fromAddress: text(),
    subject: text(),
    /** Why it was put aside. */
    reason: text(),
    bytes: integer().notNull(),
  },
  (t) => [
    uniqueIndex('inbound_mail_once').on(t.messageId),
    index('inbound_mail_at').on(t.at),
    known('inbound_mail', 'fate', MAIL_FATES),
  ],
)
