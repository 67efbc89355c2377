import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { TECHNOLOGIES } from '../reference/vocabulary.ts'
import { identity, instant, known, reference } from './columns.ts'
import { organisation } from './directory.ts'

/** A machine that places test calls (sonde): where it stands, and through whose network it calls. Of the real world alone. */
export const probe = pgTable(
  'probe',
  {
    id: identity(),
    name: text().notNull(),
    territoryCode: text().notNull(),
    operator: text().notNull(),
    technology: text().$type<(typeof TECHNOLOGIES)[number]>().notNull(),
    active: boolean().notNull().default(true),
    createdAt: instant().notNull(),
    /** The last word of its runner, results or not. */
    heardAt: instant(),
    /** What its runner could not do, in its own words; null since it can. */
    trouble: text(),
  },
  (t) => [uniqueIndex('probe_name').on(t.name), known('probe', 'technology', TECHNOLOGIES)],
)

/** A test destination, with the agreement of the centre that answers it. Ended, never deleted. */
export const testAgreement = pgTable(
  'test_agreement',
  {
    id: identity(),
    organisationId: reference()
      .notNull()
      .references(() => organisation.id),
    /** The emergency number whose way is proved, and the territory whose calls it is. */
    number: text().notNull(),
    territoryCode: text().notNull(),
    /** What is dialled: a SIP address or a number in E.164. */
    destination: text().notNull(),
    /** It is the emergency number itself: only with the centre's agreement in writing. */
    emergencyItself: boolean().notNull().default(false),
    agreedBy: text().notNull(),
    agreedOn: date({ mode: 'string' }).notNull(),
    /** The reference of the written agreement. */
    writtenAs: text(),
    until: date({ mode: 'string' }),
    /** Local hours of the territory between which calls may be placed; the same twice is the whole day. */
    fromHour: smallint().notNull().default(0),
    toHour: smallint().notNull().default(0),
    contact: text().notNull(),
    /** Calls an hour the centre accepts, bursts included. */
    mostPerHour: smallint().notNull(),
    endedAt: instant(),
    endedByName: text(),
    createdAt: instant().notNull(),
    createdByName: text().notNull(),
  },
  (t) => [index('test_agreement_place').on(t.territoryCode, t.number).where(sql`ended_at is null`)],
)

/** Which probe calls an agreed destination, and how often. */
export const testPlan = pgTable(
  'test_plan',
  {
    agreementId: reference()
      .notNull()
      .references(() => testAgreement.id),
    probeId: reference()
      .notNull()
      .references(() => probe.id),
    everyS: integer().notNull(),
  },
  (t) => [primaryKey({ name: 'test_plan_pkey', columns: [t.agreementId, t.probeId] })],
)

/** A burst: calls from two networks that confirm or clear a failure within three minutes. */
export const BURST_STATES = ['open', 'confirmed', 'cleared', 'unanswered'] as const
export const BURST_CAUSES = ['probe', 'report'] as const
export const probeBurst = pgTable(
  'probe_burst',
  {
    id: identity(),
    agreementId: reference()
      .notNull()
      .references(() => testAgreement.id),
    number: text().notNull(),
    territoryCode: text().notNull(),
    cause: text().$type<(typeof BURST_CAUSES)[number]>().notNull(),
    /** The case that asked for it, when one did. */
    caseId: reference(),
    probeIds: bigint({ mode: 'number' }).array().notNull(),
    calls: smallint().notNull(),
    openedAt: instant().notNull(),
    state: text().$type<(typeof BURST_STATES)[number]>().notNull().default('open'),
    decidedAt: instant(),
    tried: smallint(),
    passed: smallint(),
  },
  (t) => [
    index('probe_burst_open').on(t.openedAt).where(sql`state = 'open'`),
    index('probe_burst_case').on(t.caseId).where(sql`case_id is not null`),
    index('probe_burst_place').on(t.territoryCode, t.number, t.openedAt.desc()),
    known('probe_burst', 'state', BURST_STATES),
    known('probe_burst', 'cause', BURST_CAUSES),
  ],
)

/**
 * What became of a call. 'reached': the network did its part and nobody answered or the room was busy (NER counts it, ASR does
 * not). 'not_placed': the probe itself could not call, which proves nothing.
 */
export const CALL_VERDICTS = ['answered', 'reached', 'failed', 'not_placed'] as const
export type CallVerdict = (typeof CALL_VERDICTS)[number]

/** One test call, kept for a while; what it says stays in the windows. */
export const probeResult = pgTable(
  'probe_result',
  {
    id: identity(),
    probeId: reference()
      .notNull()
      .references(() => probe.id),
    /** Made by the probe: the same result sent twice is one. */
    key: text().notNull(),
    agreementId: reference().notNull(),
    number: text().notNull(),
    territoryCode: text().notNull(),
    burstId: reference(),
    at: instant().notNull(),
    verdict: text().$type<CallVerdict>().notNull(),
    /** SIP code of the answer, and the Q.850 cause of its Reason header. */
    sip: smallint(),
    cause: smallint(),
    delayMs: integer(),
    talkMs: integer(),
  },
  (t) => [
    uniqueIndex('probe_result_once').on(t.probeId, t.key),
    index('probe_result_burst').on(t.burstId).where(sql`burst_id is not null`),
    index('probe_result_at').on(t.at),
    known('probe_result', 'verdict', CALL_VERDICTS),
  ],
)

/** Five minutes of one probe and destination, summed as results come. */
export const probeWindow = pgTable(
  'probe_window',
  {
    territoryCode: text().notNull(),
    number: text().notNull(),
    probeId: reference().notNull(),
    fromAt: instant().notNull(),
    tried: integer().notNull(),
    answered: integer().notNull(),
    reached: integer().notNull(),
    delayMsSum: bigint({ mode: 'number' }).notNull(),
    /** Calls whose delay was measured. */
    delays: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: 'probe_window_pkey', columns: [t.territoryCode, t.number, t.probeId, t.fromAt] }),
    index('probe_window_newest').on(t.fromAt),
    // Of one probe: its newest calls, and whether any failed.
    index('probe_window_probe').on(t.probeId, t.fromAt),
    index('probe_window_failed').on(t.probeId, t.fromAt).where(sql`tried > answered + reached`),
  ],
)

/** The last call of each probe to each destination, and the last that passed: kept for ever. */
export const probeLast = pgTable(
  'probe_last',
  {
    probeId: reference().notNull(),
    territoryCode: text().notNull(),
    number: text().notNull(),
    at: instant().notNull(),
    verdict: text().$type<CallVerdict>().notNull(),
    passedAt: instant(),
  },
  (t) => [primaryKey({ name: 'probe_last_pkey', columns: [t.territoryCode, t.number, t.probeId] })],
)

/** What a switch or a session border controller counted in a window. */
export const switchCount = pgTable(
  'switch_count',
  {
    source: text().notNull(),
    territoryCode: text().notNull(),
    number: text().notNull(),
    fromAt: instant().notNull(),
    toAt: instant().notNull(),
    attempts: integer().notNull(),
    seizures: integer().notNull(),
    answers: integer().notNull(),
    /** Seizures that reached the called party and were not answered: busy, no answer, refused there. */
    busy: integer().notNull(),
    noAnswer: integer().notNull(),
    rejected: integer().notNull(),
    heardAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ name: 'switch_count_pkey', columns: [t.territoryCode, t.number, t.source, t.fromAt] }),
    index('switch_count_newest').on(t.fromAt.desc()),
  ],
)

/** How far the watch over test calls has read, and what it remembers of each scope (app/supervision/rules/cusum.ts). */
export const probeWatch = pgTable('probe_watch', {
  id: smallint().primaryKey(),
  readTo: bigint({ mode: 'number' }).notNull(),
  memory: jsonb().$type<Record<string, unknown>>().notNull(),
  /** How often calls of each scope usually fail, learnt from the windows. */
  usual: jsonb().$type<Record<string, { share: number; perYear: number }>>().notNull(),
  learntAt: instant(),
  /** The switch on the page: no probe calls anybody until it is turned back. */
  stoppedAt: instant(),
  stoppedByName: text(),
})

/** Planned works: 18 of 33 documented losses with a known trigger began with some. */
export const works = pgTable(
  'works',
  {
    id: identity(),
    /** As its operator names it: the same one announced again is changed, not doubled. */
    reference: text().notNull(),
    operator: text().notNull(),
    title: text().notNull(),
    territories: text().array().notNull(),
    /** Emergency numbers whose way they touch; empty: none is known to be. */
    numbers: text().array().notNull().default([]),
    network: text(),
    fromAt: instant().notNull(),
    toAt: instant().notNull(),
    contact: text(),
    /** How one goes back when it fails, and who decides it. */
    wayBack: text(),
    announcedAt: instant().notNull(),
    announcedByName: text().notNull(),
    cancelledAt: instant(),
  },
  (t) => [uniqueIndex('works_once').on(t.operator, t.reference), index('works_hours').on(t.fromAt, t.toAt)],
)
