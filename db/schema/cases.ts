import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { CAUSES, DIRECTIONS, OUTCOMES, SITE_ACCESS, TECHNOLOGIES } from '../reference/vocabulary.ts'
import { account, team } from './account.ts'
import { exerciseId, identity, instant, known, reference } from './columns.ts'
import { organisation, site } from './directory.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

export const CASE_STATES = [
  'received',
  'acknowledged',
  'checking',
  'diagnosed',
  'workaround',
  'waiting_reporter',
  'restored',
  'confirmed',
  'closed',
  'duplicate',
  'out_of_scope',
] as const
export type CaseState = (typeof CASE_STATES)[number]

/** 1 = N1 minor … 4 = N4 national (DOMAIN §4). */
export const LEVELS = [1, 2, 3, 4] as const
export type Level = (typeof LEVELS)[number]

export const CHANNELS = ['portal', 'phone', 'api', 'sms', 'email', 'social_watch'] as const
export type Channel = (typeof CHANNELS)[number]

/** How the reporter was authenticated (DOMAIN §7). 'unverified' qualifies for nothing. */
export const VERIFICATIONS = ['signed_in', 'called_back', 'unverified'] as const
export type Verification = (typeof VERIFICATIONS)[number]

export const FALLBACKS = ['none', 'planned', 'active', 'failing', 'unknown'] as const
export type Fallback = (typeof FALLBACKS)[number]

export const CLOSINGS = ['confirmed', 'unreachable'] as const
export type Closing = (typeof CLOSINGS)[number]

/** How an answer stands that is neither yes nor no. */
export const THREE_WAYS = ['yes', 'no', 'unknown'] as const
export const LONG_NUMBER = ['yes', 'no', 'not_tried'] as const
export const PATTERNS = ['continuous', 'random', 'unknown'] as const

export const TEST_SIDES = ['reporter', 'authority', 'cell'] as const
export const TEST_PURPOSES = ['report', 'check', 'confirmation'] as const

export const cases = pgTable(
  'cases',
  {
    id: identity(),
    /** Spoken number with its check digit: '2026-004217-3'. */
    reference: text().notNull(),
    /** Made by the client: the same submission twice is one case (invariant 1). */
    submissionId: uuid().notNull(),
    /** Among whose submissions it is: 'organisation:12', 'cell', 'exercise:3/cell'. */
    submissionScope: text().notNull().default('cell'),
    /** A key that is used again when its case is over begins anew (rules/resending.ts). */
    submissionRound: smallint().notNull().default(0),
    /** Hash of what was said. */
    submissionContent: text(),
    /** What a machine that reports calls it in its own system. */
    externalId: text(),
    exerciseId: exerciseId(),
    /** Conditional writes (invariant 4). */
    version: integer().notNull().default(1),
    state: text().$type<CaseState>().notNull().default('received'),
    level: smallint().$type<Level>().notNull(),
    levelReasons: jsonb()
      .$type<{ key: string; values?: Record<string, string | number> }[]>()
      .notNull()
      .default([]),
    levelSetByPerson: boolean().notNull().default(false),
    /** Since when it is N3 or above: the room hears it until somebody answers (app/cell/rules/alarms.ts). */
    graveSince: instant(),

    // 1 who
    organisationId: reference().references(() => organisation.id),
    reporterAccountId: reference().references(() => account.id),
    reporterKind: text().notNull(),
    reporterName: text(),
    reporterPost: text(),
    callbackPhone: text(),
    channel: text().$type<Channel>().notNull(),
    verification: text().$type<Verification>().notNull(),
    // 2, 3
    numbers: text().array().notNull(),
    symptom: text().notNull(),
    symptomWords: text(),
    direction: text(),
    // 4
    sinceAt: instant(),
    pattern: text(),
    // 5
    territoryCode: text().notNull(),
    communeCodes: text().array().notNull().default([]),
    /** Communes as they were typed, when the list was not used. */
    communeWords: text(),
    neighbourTouched: text(),
    neighbourNote: text(),
    siteId: reference().references(() => site.id),
    siteAccess: text(),
    // 6
    callingTechnology: text(),
    callingOperator: text(),
    ownLines: text(),
    // 7 (tests are rows of case_test)
    flowNow: integer(),
    flowNormal: integer(),
    flowWindowMin: integer(),
    // 8, 9, 10
    longNumberOk: text(),
    fallback: text().$type<Fallback>(),
    fallbackCapacity: integer(),
    told: text(),
    details: text(),
    /** Aggravating facts (DOMAIN §4): yes or no, never who. */
    victimsKnown: boolean().notNull().default(false),
    majorEvent: boolean().notNull().default(false),
    announcedWorks: boolean().notNull().default(false),

    heardAt: instant().notNull(),
    receivedAt: instant().notNull(),
    acknowledgedAt: instant(),
    restoredAt: instant(),
    confirmedAt: instant(),
    closedAt: instant(),
    closing: text().$type<Closing>(),
    cause: text(),
    stillFailingAt: instant(),
    /** The reporter, or one attached to it, has spoken and the cell has not answered yet. */
    answeredAt: instant(),

    teamId: reference()
      .notNull()
      .references(() => team.id),
    assigneeId: reference().references(() => account.id),
    claimedById: reference().references(() => account.id),
    claimedUntil: instant(),

    /** Invariant 6: an open case always has one. */
    nextContactAt: instant(),
    ackDueAt: instant(),
    checkDueAt: instant(),
    /** The earliest thing due that the clock has not yet told about; a trigger keeps it in case_deadline too. */
    deadlineAt: instant(),
    ackMissedAt: instant(),
    checkMissedAt: instant(),
    promiseMissedAt: instant(),
    /** 0 no step taken yet, 1 lead told, 2 director told. */
    escalation: smallint().notNull().default(0),
    contactAttempts: smallint().notNull().default(0),
    /** First key of the queue's order: QUEUE_PLACES of the rules. */
    queueRank: smallint().notNull(),
    residualSince: instant(),

    qualifies: boolean().notNull().default(false),
    qualificationReason: text(),
    /** What intake made of it: case, attached, redirected, unverified, all_clear; null until the rules have read it. */
    outcome: text(),
    relatedCaseId: reference(),
    residualTakenById: reference(),
    duplicateOfId: reference(),
    reopenedFromId: reference(),
    incidentId: reference(),
    /** A person put it there: the machine leaves it. */
    incidentByHand: boolean().notNull().default(false),
    /** Filled by a trigger: number, organisation, place, words. */
    search: tsvector(),
  },
  (t) => [
    uniqueIndex('cases_reference').on(t.reference),
    uniqueIndex('cases_submission').on(t.submissionId, t.submissionScope, t.submissionRound),
    index('cases_external').on(t.externalId).where(sql`external_id is not null`),
    index('cases_queue')
      .on(t.queueRank, t.level.desc().nullsFirst(), t.receivedAt, t.id)
      .where(sql`app.is_open(state)`),
    index('cases_state')
      .on(t.state, t.queueRank, t.level.desc().nullsFirst(), t.receivedAt, t.id)
      .where(sql`app.is_open(state)`),
    index('cases_organisation').on(t.organisationId, t.receivedAt.desc().nullsFirst()),
    index('cases_territory').on(t.territoryCode, t.receivedAt.desc().nullsFirst()),
    // Who else in the region fails now: those under way, and those whose main is.
    index('cases_open_territory').on(t.territoryCode).where(sql`app.is_open(state)`),
    index('cases_duplicates_territory').on(t.territoryCode).where(sql`state = 'duplicate'`),
    index('cases_received').on(t.receivedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('cases_duplicate_of').on(t.duplicateOfId).where(sql`duplicate_of_id is not null`),
    index('cases_incident').on(t.incidentId).where(sql`incident_id is not null`),
    index('cases_residual').on(t.residualSince).where(sql`residual_since is not null`),
    index('cases_search').using('gin', t.search),
    index('cases_assignee').on(t.assigneeId).where(sql`assignee_id is not null and app.is_open(state)`),
    index('cases_claimed_by').on(t.claimedById).where(sql`claimed_by_id is not null`),
    check('cases_open_has_promise', sql`not app.is_open(state) or next_contact_at is not null`),
    known('cases', 'state', CASE_STATES),
    known('cases', 'level', LEVELS),
    known('cases', 'channel', CHANNELS),
    known('cases', 'verification', VERIFICATIONS),
    known('cases', 'fallback', FALLBACKS),
    known('cases', 'closing', CLOSINGS),
    known('cases', 'direction', DIRECTIONS),
    known('cases', 'pattern', PATTERNS),
    known('cases', 'neighbour_touched', THREE_WAYS),
    known('cases', 'own_lines', THREE_WAYS),
    known('cases', 'long_number_ok', LONG_NUMBER),
    known('cases', 'site_access', SITE_ACCESS),
    known('cases', 'calling_technology', TECHNOLOGIES),
    known('cases', 'cause', CAUSES),
    known('cases', 'queue_rank', [0, 1, 2, 3, 4, 5, 6]),
    known('cases', 'outcome', OUTCOMES),
  ],
)

/**
 * deadline_at of the cases that have one, by hour: it changes with every word to a reporter, and an index on the case itself
 * would have each such change written into all the others. Written by a trigger alone.
 */
export const caseDeadline = pgTable(
  'case_deadline',
  {
    caseId: reference()
      .primaryKey()
      .references(() => cases.id),
    exerciseId: exerciseId(),
    at: instant().notNull(),
  },
  (t) => [index('case_deadline_at').on(t.at)],
)

export const caseTest = pgTable(
  'case_test',
  {
    id: identity(),
    caseId: reference()
      .notNull()
      .references(() => cases.id),
    exerciseId: exerciseId(),
    side: text().$type<(typeof TEST_SIDES)[number]>().notNull(),
    purpose: text().$type<(typeof TEST_PURPOSES)[number]>().notNull(),
    accountId: reference(),
    passed: integer().notNull(),
    tried: integer().notNull(),
    windowMin: integer(),
    number: text(),
    technology: text(),
    operator: text(),
    at: instant().notNull(),
    recordedAt: instant().notNull(),
  },
  (t) => [
    index('case_test_case').on(t.caseId, t.id),
    known('case_test', 'side', TEST_SIDES),
    known('case_test', 'purpose', TEST_PURPOSES),
    known('case_test', 'technology', TECHNOLOGIES),
    check('case_test_passed_of_tried', sql`passed between 0 and tried`),
  ],
)

/** Who has the page open now: technical, short-lived, not journalled. */
export const casePresence = pgTable(
  'case_presence',
  {
    caseId: reference()
      .notNull()
      .references(() => cases.id),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    seenAt: instant().notNull(),
  },
  (t) => [uniqueIndex('case_presence_once').on(t.caseId, t.accountId)],
)
