import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { exerciseId, identity, instant, known, reference } from './columns.ts'
import { instruction } from './instruction.ts'

export const BROADCAST_STATES = ['prepared', 'running', 'stopped', 'done'] as const
export type BroadcastState = (typeof BROADCAST_STATES)[number]

/** Known telephones first, then one in a hundred, one in ten, all of them. */
export const WAVES = ['pilot', 'one', 'ten', 'all'] as const
export type Wave = (typeof WAVES)[number]

/** SMS en nombre: an instruction in force, to many telephones, wave after wave. */
export const broadcast = pgTable(
  'broadcast',
  {
    id: identity(),
    exerciseId: exerciseId(),
    version: integer().notNull().default(1),
    instructionId: reference()
      .notNull()
      .references(() => instruction.id),
    state: text().$type<BroadcastState>().notNull().default('prepared'),
    /** As it is sent, and in how many parts. */
    text: text().notNull(),
    segments: integer().notNull(),
    /** What one part costs, in hundredths of a cent. */
    partPrice: integer().notNull(),
    /** Why these people are written to, and on what ground for an imported list. */
    purpose: text().notNull(),
    /** What was left out of what was given, and why: reason → how many. */
    leftOut: jsonb().$type<Record<string, number>>().notNull(),
    preparedAt: instant().notNull(),
    preparedById: reference().notNull(),
    preparedByName: text().notNull(),
    /** The second person. */
    confirmedAt: instant(),
    confirmedById: reference(),
    confirmedByName: text(),
    wave: text().$type<Wave>(),
    waveAt: instant(),
    stoppedAt: instant(),
    stoppedByName: text(),
    /** The message key of the rule that stopped it; none when a person did. */
    stopReason: text(),
    endedAt: instant(),
  },
  (t) => [
    index('broadcast_running').on(t.id).where(sql`state = 'running'`),
    known('broadcast', 'state', BROADCAST_STATES),
    known('broadcast', 'wave', WAVES),
    check('broadcast_second_person', sql`confirmed_by_id <> prepared_by_id`),
  ],
)

export const broadcastRecipient = pgTable(
  'broadcast_recipient',
  {
    id: identity(),
    exerciseId: exerciseId(),
    broadcastId: reference()
      .notNull()
      .references(() => broadcast.id, { onDelete: 'cascade' }),
    phone: text().notNull(),
    /** Who it is, where the directory or the list says so. */
    name: text().notNull().default(''),
    wave: text().$type<Wave>().notNull(),
    /** Told by telephone, because the message could not reach it. */
    calledAt: instant(),
    calledByName: text(),
    callResult: text(),
  },
  (t) => [
    uniqueIndex('broadcast_recipient_once').on(t.broadcastId, t.phone),
    known('broadcast_recipient', 'wave', WAVES),
  ],
)

/** A telephone that somebody holds in his hand, on a known network: the first to be written to. */
export const pilotPhone = pgTable(
  'pilot_phone',
  {
    id: identity(),
    phone: text().notNull(),
    network: text().notNull(),
    holder: text().notNull(),
  },
  (t) => [uniqueIndex('pilot_phone_once').on(t.phone)],
)
