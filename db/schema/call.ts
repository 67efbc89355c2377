import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { account, apiToken } from './account.ts'
import { cases } from './cases.ts'
import { identity, instant, known, reference } from './columns.ts'
import { organisation } from './directory.ts'

/** What a switchboard says of a call: the words of Zammad's and sipgate's generic CTI. */
export const CALL_EVENTS = ['newCall', 'answer', 'hangup'] as const
export type CallEvent = (typeof CALL_EVENTS)[number]
export const CALL_DIRECTIONS = ['in', 'out'] as const
export type CallDirection = (typeof CALL_DIRECTIONS)[number]
export const CALL_STATES = ['ringing', 'talking', 'ended', 'forwarded', 'missed', 'unanswered'] as const
export type CallState = (typeof CALL_STATES)[number]

/** One event as it was heard. Hours in milliseconds; those of the call itself are only told by switchboards that speak at its end. */
export type HeardEvent = {
  at: number
  user?: string | null
  cause?: string | null
  startedAt?: number | null
  answeredAt?: number | null
  /** Seconds of talk. */
  duration?: number | null
}
/** The first of each: the same event told again says nothing new. */
export type HeardEvents = Partial<Record<CallEvent, HeardEvent>>

/** A call of the hotline, as its switchboard told it. Of the real world alone: an exercise rings nobody. */
export const phoneCall = pgTable(
  'phone_call',
  {
    id: identity(),
    /** The key of the switchboard, within which a callId is unique. */
    sourceId: reference()
      .notNull()
      .references(() => apiToken.id),
    callKey: text().notNull(),
    direction: text().$type<CallDirection>().notNull(),
    /** The other end: E.164, null when it was withheld or is no number; and as the switchboard said it. */
    phone: text(),
    shown: text().notNull(),
    queue: text(),
    heard: jsonb().$type<HeardEvents>().notNull().default({}),
    /** The rest is what app/calls/rules/call.ts makes of `heard`. */
    state: text().$type<CallState>().notNull(),
    startedAt: instant().notNull(),
    answeredAt: instant(),
    endedAt: instant(),
    cause: text(),
    /** Who answered, as the switchboard names him, and the account that goes by this name there. */
    telephone: text(),
    accountId: reference().references(() => account.id),
    /** Whose number it is, when it is one organisation's. */
    organisationId: reference().references(() => organisation.id),
    caseId: reference().references(() => cases.id),
    /** Nobody answered: to be called back before this; done when somebody says what came of it, or spoke with them. */
    callBackAt: instant(),
    calledBackAt: instant(),
    calledBackById: reference().references(() => account.id),
    calledBackByName: text(),
    result: text(),
  },
  (t) => [
    uniqueIndex('phone_call_once').on(t.sourceId, t.callKey),
    index('phone_call_newest').on(t.startedAt.desc(), t.id.desc()),
    index('phone_call_case').on(t.caseId).where(sql`case_id is not null`),
    index('phone_call_to_do')
      .on(t.callBackAt)
      .where(sql`call_back_at is not null and called_back_at is null`),
    index('phone_call_open').on(t.startedAt).where(sql`ended_at is null`),
    index('phone_call_phone').on(t.phone, t.startedAt),
    known('phone_call', 'direction', CALL_DIRECTIONS),
    known('phone_call', 'state', CALL_STATES),
  ],
)

/** By which name the switchboard knows an agent's telephone: who answers there sees who calls. */
export const ownTelephone = pgTable(
  'own_telephone',
  {
    accountId: reference()
      .primaryKey()
      .references(() => account.id),
    name: text().notNull(),
  },
  (t) => [uniqueIndex('own_telephone_name').on(sql`lower(${t.name})`)],
)
