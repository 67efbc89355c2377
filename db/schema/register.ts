import { sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { identity, instant, known } from './columns.ts'

export const RECORD_STATES = ['draft', 'published'] as const
export const RECORD_ORIGINS = ['own', 'received'] as const
export const LABELS = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'] as const

/**
 * One version of one record of a loss, ours or a neighbour's; the public ones that come with the product are a file. A published
 * version is never written again: a correction is the next one.
 */
export const registerRecord = pgTable(
  'register_record',
  {
    id: identity(),
    recordId: text().notNull(),
    version: integer().notNull(),
    state: text().$type<(typeof RECORD_STATES)[number]>().notNull(),
    origin: text().$type<(typeof RECORD_ORIGINS)[number]>().notNull(),
    tlp: text().$type<(typeof LABELS)[number]>().notNull(),
    /** Whose key signed it, of a received one. */
    authorName: text(),
    authorKey: text(),
    /** What its author hid before it left. */
    anonymised: text().array().notNull().default([]),
    loss: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The signed line as it came: its signature can be proved again. */
    envelope: text(),
    incidentReference: text(),
    byName: text().notNull(),
    createdAt: instant().notNull(),
    publishedAt: instant(),
    /** Changes of a draft, so that two people do not overwrite each other. */
    edits: integer().notNull().default(1),
  },
  (t) => [
    uniqueIndex('register_record_version').on(t.recordId, t.version),
    uniqueIndex('register_record_draft').on(t.recordId).where(sql`state = 'draft'`),
    known('register_record', 'state', RECORD_STATES),
    known('register_record', 'origin', RECORD_ORIGINS),
    known('register_record', 'tlp', LABELS),
  ],
)

/** A register that we exchange with: the key it signs with, where we pull from, and what it shows to pull from us. */
export const registerNeighbour = pgTable(
  'register_neighbour',
  {
    id: identity(),
    name: text().notNull(),
    publicKey: text().notNull(),
    pullAddress: text(),
    /** sha256 of the key by which it pulls ours; null: it may not. */
    pullKeyHash: text(),
    pulledAt: instant(),
    pullFault: text(),
    active: boolean().notNull().default(true),
  },
  (t) => [
    uniqueIndex('register_neighbour_key').on(t.publicKey),
    uniqueIndex('register_neighbour_name').on(t.name),
  ],
)
