import { sql } from 'drizzle-orm'
import { check, date, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { identity, instant, known, reference } from './columns.ts'
import { site } from './directory.ts'

export const LINE_KINDS = ['t0', 't2', 'analogue', 'sip', 'mobile', 'satellite'] as const
export type LineKind = (typeof LINE_KINDS)[number]
export const LINE_STAGES = ['planned', 'in_service', 'removed'] as const
export type LineStage = (typeof LINE_STAGES)[number]
export const LINE_POWERS = ['mains', 'battery', 'generator', 'remote', 'unknown'] as const

/** In the order in which a site is led from the switched network to IP. */
export const STEP_KINDS = [
  'study',
  'order',
  'second_access',
  'number_tests',
  'cut_over',
  'watch',
  'removal',
] as const
export type StepKind = (typeof STEP_KINDS)[number]
export const STEP_STATES = ['planned', 'under_way', 'done', 'failed', 'cancelled'] as const
export type StepState = (typeof STEP_STATES)[number]

export const TEST_MOMENTS = ['before', 'during', 'after'] as const
export type TestMoment = (typeof TEST_MOMENTS)[number]

export const CHECK_ITEMS = [
  'two_accesses',
  'two_operators',
  'two_paths',
  'take_over_tested',
  'batteries',
  'rerouted_from_outside',
  'fallback_capacity',
  'phone_outside',
  'neighbour_agreed',
  'call_data_checked',
  'hidden_lines_found',
  'maintainer_on_call',
] as const
export type CheckItem = (typeof CHECK_ITEMS)[number]
export const CHECK_ANSWERS = ['yes', 'no', 'unknown'] as const
export type CheckAnswer = (typeof CHECK_ANSWERS)[number]

export const CLOSURE_STATES = ['planned', 'announced', 'closing', 'closed', 'suspended'] as const
export type ClosureState = (typeof CLOSURE_STATES)[number]

const ofSite = () =>
  reference()
    .notNull()
    .references(() => site.id)

/** A site as it was before each change: nothing of it is overwritten without a trace. */
export const siteVersion = pgTable(
  'site_version',
  {
    id: identity(),
    siteId: ofSite(),
    /** Until when it was so. */
    until: instant().notNull(),
    byName: text().notNull(),
    was: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index('site_version_site').on(t.siteId, t.id)],
)

/** One access of a site: what carries its calls. */
export const siteLine = pgTable(
  'site_line',
  {
    id: identity(),
    siteId: ofSite(),
    kind: text().$type<LineKind>().notNull(),
    stage: text().$type<LineStage>().notNull(),
    operator: text(),
    /** The way of the cable, as it is told to the site: a street, a duct, a pylon. */
    path: text(),
    exchange: text(),
    channels: integer(),
    power: text().$type<(typeof LINE_POWERS)[number]>().notNull().default('unknown'),
    contract: text(),
    endsOn: date({ mode: 'string' }),
    lastTestAt: instant(),
  },
  (t) => [
    index('site_line_site').on(t.siteId),
    known('site_line', 'kind', LINE_KINDS),
    known('site_line', 'stage', LINE_STAGES),
    known('site_line', 'power', LINE_POWERS),
  ],
)

/** A site on its way. While it is open somebody has promised it a next contact. */
export const move = pgTable(
  'move',
  {
    siteId: reference()
      .primaryKey()
      .references(() => site.id),
    target: text().notNull(),
    targetOn: date({ mode: 'string' }),
    ownerName: text().notNull(),
    openedAt: instant().notNull(),
    nextContactAt: instant(),
    promiseMissedAt: instant(),
    endedAt: instant(),
  },
  (t) => [
    // The clock asks for these alone.
    index('move_due').on(t.nextContactAt).where(sql`ended_at is null and promise_missed_at is null`),
    check('move_promised', sql`ended_at is not null or next_contact_at is not null`),
  ],
)

export const moveStep = pgTable(
  'move_step',
  {
    id: identity(),
    siteId: ofSite(),
    kind: text().$type<StepKind>().notNull(),
    state: text().$type<StepState>().notNull().default('planned'),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    ownerName: text().notNull(),
    wayBack: text(),
    startedAt: instant(),
    endedAt: instant(),
    /** What came of it, in words. */
    outcome: text(),
    /** The case that a failure opened. */
    caseReference: text(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index('move_step_site').on(t.siteId, t.startsAt),
    known('move_step', 'kind', STEP_KINDS),
    known('move_step', 'state', STEP_STATES),
    check('move_step_order', sql`ends_at > starts_at`),
  ],
)

export const moveTest = pgTable(
  'move_test',
  {
    id: identity(),
    siteId: ofSite(),
    stepId: reference()
      .notNull()
      .references(() => moveStep.id),
    moment: text().$type<TestMoment>().notNull(),
    number: text().notNull(),
    /** From which network. */
    network: text().notNull(),
    passed: integer().notNull(),
    tried: integer().notNull(),
    at: instant().notNull(),
    byName: text().notNull(),
    note: text(),
  },
  (t) => [
    index('move_test_step').on(t.stepId, t.id),
    known('move_test', 'moment', TEST_MOMENTS),
    check('move_test_counts', sql`tried > 0 and passed between 0 and tried`),
  ],
)

export const moveBlocker = pgTable(
  'move_blocker',
  {
    id: identity(),
    siteId: ofSite(),
    what: text().notNull(),
    waitsFor: text(),
    since: instant().notNull(),
    liftedAt: instant(),
  },
  (t) => [index('move_blocker_site').on(t.siteId)],
)

export const siteCheck = pgTable(
  'site_check',
  {
    siteId: ofSite(),
    item: text().$type<CheckItem>().notNull(),
    answer: text().$type<CheckAnswer>().notNull(),
    proof: text(),
    provedOn: date({ mode: 'string' }),
    byName: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.siteId, t.item] }),
    known('site_check', 'item', CHECK_ITEMS),
    known('site_check', 'answer', CHECK_ANSWERS),
  ],
)

/** The calendar of the closure of copper, by commune: replaced whole by each import. */
export const copperClosure = pgTable(
  'copper_closure',
  {
    communeCode: text().primaryKey(),
    lot: text().notNull(),
    commercialOn: date({ mode: 'string' }),
    technicalOn: date({ mode: 'string' }).notNull(),
    state: text().$type<ClosureState>().notNull(),
  },
  (t) => [
    index('copper_closure_technical').on(t.technicalOn),
    known('copper_closure', 'state', CLOSURE_STATES),
    check('copper_closure_order', sql`commercial_on is null or commercial_on <= technical_on`),
  ],
)
