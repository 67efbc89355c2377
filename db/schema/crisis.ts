import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { account, ON_CALL_ROLES, type OnCallRole } from './account.ts'
import type { Level } from './cases.ts'
import { exerciseId, identity, instant, known, reference } from './columns.ts'
import { organisation, post } from './directory.ts'
import { incident, proposal } from './incidents.ts'

export const CELL_STATES = [
  'permanent_watch',
  'heightened_watch',
  'crisis',
  'leaving_crisis',
  'stand_by',
] as const
export type CellStateName = (typeof CELL_STATES)[number]

export const ACTIVATED_BY = ['person', 'silence'] as const
export const WAYS = ['mobile', 'landline', 'email', 'pager', 'satellite'] as const

/**
 * One run of the thirty minutes: from its first qualifying report to the end of the crisis. Every step is a stamp that the
 * database lets be written once; the start may only move earlier. There is no column for a pause.
 */
export const crisis = pgTable(
  'crisis',
  {
    id: identity(),
    exerciseId: exerciseId(),
    version: integer().notNull().default(1),
    proposalId: reference()
      .notNull()
      .references(() => proposal.id),
    incidentId: reference().references(() => incident.id),
    firstReportAt: instant().notNull(),
    secondSiteAt: instant(),
    proposedAt: instant().notNull(),
    firstCallAt: instant(),
    firstAnswerAt: instant(),
    decidedAt: instant(),
    activatedAt: instant(),
    activatedBy: text().$type<(typeof ACTIVATED_BY)[number]>(),
    activatedById: reference(),
    activatedByName: text(),
    firstNoticeAt: instant(),
    firstNoticeAckAt: instant(),
    declinedAt: instant(),
    endedAt: instant(),
  },
  () => [
    uniqueIndex('crisis_running').on(sql`coalesce(exercise_id, 0)`).where(sql`ended_at is null`),
    known('crisis', 'activated_by', ACTIVATED_BY),
  ],
)

/** Each person called on the ladder and what came of it. */
export const callOut = pgTable(
  'call_out',
  {
    id: identity(),
    exerciseId: exerciseId(),
    crisisId: reference()
      .notNull()
      .references(() => crisis.id),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    name: text().notNull(),
    role: text().notNull(),
    round: smallint().notNull(),
    at: instant().notNull(),
    answeredAt: instant(),
    /** "I cannot": the next one is called at once. */
    cannotAt: instant(),
  },
  (t) => [index('call_out_crisis').on(t.crisisId, t.at)],
)

/** The state of the cell is the newest row (DOMAIN §6): who, when, why, told to whom. */
export const cellState = pgTable(
  'cell_state',
  {
    id: identity(),
    exerciseId: exerciseId(),
    state: text().$type<CellStateName>().notNull(),
    at: instant().notNull(),
    byId: reference(),
    byName: text().notNull(),
    why: text().notNull(),
    toldTo: text().array().notNull().default([]),
  },
  (t) => [index('cell_state_newest').on(t.id.desc().nullsFirst()), known('cell_state', 'state', CELL_STATES)],
)

export const rosterShift = pgTable(
  'roster_shift',
  {
    id: identity(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    role: text().$type<OnCallRole>().notNull(),
    /** 1 first, 2 deputy… */
    rank: smallint().notNull().default(1),
    fromAt: instant().notNull(),
    toAt: instant().notNull(),
    cancelledAt: instant(),
    /** The shift this one took over. */
    swapOfId: reference(),
  },
  (t) => [
    index('roster_shift_when').on(t.fromAt, t.toAt).where(sql`cancelled_at is null`),
    // LONGEST_SHIFT_DAYS of app/crisis/rules/roster.ts: one that ends in a hundred years hides every hole.
    known('roster_shift', 'role', ON_CALL_ROLES),
    check('roster_shift_length', sql`to_at <= from_at + interval '14 days 1 hour'`),
  ],
)

/** How a person is reached when on call; two verified ones are needed. */
export const contactWay = pgTable(
  'contact_way',
  {
    id: identity(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    kind: text().$type<(typeof WAYS)[number]>().notNull(),
    value: text().notNull(),
    verifiedAt: instant(),
    /** What was sent there came back: it no longer counts as proved until it is again. */
    bouncedAt: instant(),
    active: boolean().notNull().default(true),
  },
  (t) => [uniqueIndex('contact_way_once').on(t.accountId, t.value), known('contact_way', 'kind', WAYS)],
)

export const NOTICE_KINDS = ['authority_notice', 'situation_report', 'incident_update'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]
export const NOTICE_STATES = ['draft', 'issued'] as const

/** Fields of a situation report (DOMAIN §7). Facts are generated, words are a person's. */
export type NoticeBody = {
  facts?: unknown
  /** Reference of the incident: a recipient sees the notice, never the incident. */
  incident?: string
  changes?: string
  causeStatus?: 'known' | 'supposed' | 'unknown'
  cause?: string
  action?: string
  instruction?: string
  fallback?: string
  estimate?: string
  contact?: string
  text?: string
  /** Local annex per territory code, while it is a draft; once issued each recipient holds its own. */
  annexes?: Record<string, string>
  /** Words for some of its readers only (app/crisis/rules/audiences.ts), while it is a draft. */
  audiences?: Partial<Record<'operational' | 'room' | 'figures', string>>
  /** Also to every service of the touched territories, while it is a draft. */
  services?: boolean
  /** Organisations it is about to be sent to, while it is a draft that was checked. */
  to?: number[]
}

export const notice = pgTable(
  'notice',
  {
    id: identity(),
    exerciseId: exerciseId(),
    version: integer().notNull().default(1),
    kind: text().$type<NoticeKind>().notNull(),
    /** Numbered per incident and kind: situation report no. 3. */
    number: integer().notNull(),
    incidentId: reference().references(() => incident.id),
    crisisId: reference().references(() => crisis.id),
    state: text().$type<(typeof NOTICE_STATES)[number]>().notNull(),
    asOf: instant().notNull(),
    nextAt: instant(),
    body: jsonb().$type<NoticeBody>().notNull(),
    issuedAt: instant(),
    issuedById: reference(),
    issuedByName: text(),
  },
  (t) => [
    uniqueIndex('notice_number').on(t.kind, t.incidentId, t.number),
    known('notice', 'kind', NOTICE_KINDS),
    known('notice', 'state', NOTICE_STATES),
  ],
)

/** A notice counts once it is acknowledged; after ten minutes somebody telephones (DOMAIN §1.4). */
export const noticeRecipient = pgTable(
  'notice_recipient',
  {
    id: identity(),
    exerciseId: exerciseId(),
    noticeId: reference()
      .notNull()
      .references(() => notice.id),
    organisationId: reference()
      .notNull()
      .references(() => organisation.id),
    annex: text(),
    toldAt: instant().notNull(),
    acknowledgedAt: instant(),
    acknowledgedByName: text(),
    /** When its telephone rang by itself, before somebody is asked to call. */
    rungAt: instant(),
    /** Set by the clock when nobody acknowledged: the call task of an agent. */
    callDueAt: instant(),
    calledAt: instant(),
    calledByName: text(),
    callResult: text(),
  },
  (t) => [
    uniqueIndex('notice_recipient_once').on(t.noticeId, t.organisationId),
    index('notice_recipient_waiting').on(t.toldAt).where(sql`acknowledged_at is null`),
    index('notice_recipient_organisation').on(t.organisationId, t.id.desc().nullsFirst()),
  ],
)

export const NOTICE_CHANNELS = ['mail', 'sms', 'voice'] as const
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number]

/** What a post of the directory chose to be told of itself, and by what (app/sitreps/rules/subscription.ts). */
export const noticeSubscription = pgTable(
  'notice_subscription',
  {
    postId: reference()
      .primaryKey()
      .references(() => post.id),
    fromLevel: smallint().$type<Level>().notNull(),
    territories: text().array().notNull(),
    numbers: text().array().notNull(),
    channels: text().array().$type<NoticeChannel[]>().notNull(),
    at: instant().notNull(),
    byName: text().notNull(),
  },
  () => [
    check('notice_subscription_from_level_known', sql`from_level between 1 and 4`),
    check('notice_subscription_channels_known', sql`channels <@ array['mail', 'sms', 'voice']`),
  ],
)

/** Relève: generated, read, completed with what is suspected and not written, signed by both. */
export const handover = pgTable('handover', {
  id: identity(),
  exerciseId: exerciseId(),
  version: integer().notNull().default(1),
  outgoingId: reference().notNull(),
  outgoingName: text().notNull(),
  incomingId: reference(),
  incomingName: text(),
  generatedAt: instant().notNull(),
  content: jsonb().notNull(),
  suspected: text(),
  outgoingSignedAt: instant(),
  incomingSignedAt: instant(),
})

/** An alarm of the room that somebody acknowledged: it sounds no more, in any browser. Read with what is true now. */
export const alarmHeard = pgTable(
  'alarm_heard',
  {
    id: identity(),
    exerciseId: exerciseId(),
    key: text().notNull(),
    at: instant().notNull(),
    byId: reference().references(() => account.id),
    byName: text().notNull(),
  },
  () => [uniqueIndex('alarm_heard_once').on(sql`coalesce(exercise_id, 0)`, sql`key`)],
)
