import { boolean, index, integer, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { exerciseId, instant, known } from './columns.ts'

export const TERRITORY_KINDS = ['country', 'zone', 'region', 'departement'] as const
export type TerritoryKind = (typeof TERRITORY_KINDS)[number]

export const territory = pgTable(
  'territory',
  {
    code: text().primaryKey(),
    kind: text().$type<TerritoryKind>().notNull(),
    name: text().notNull(),
    regionCode: text(),
    zoneCode: text(),
    timeZone: text().notNull().default('Europe/Paris'),
    exerciseId: exerciseId(),
  },
  () => [known('territory', 'kind', TERRITORY_KINDS)],
)

export const commune = pgTable(
  'commune',
  {
    code: text().primaryKey(),
    name: text().notNull(),
    departementCode: text().notNull(),
    postcodes: text().array().notNull(),
    population: integer().notNull().default(0),
    /** Lower-case, unaccented name and postcodes: what a person types is compared with this. */
    search: text().notNull(),
  },
  (t) => [
    index('commune_search').using('gin', t.search.op('gin_trgm_ops')),
    index('commune_departement').on(t.departementCode),
  ],
)

export const emergencyNumber = pgTable('emergency_number', {
  number: text().primaryKey(),
  labelFr: text().notNull(),
  labelEn: text().notNull(),
  /** Counts for the trigger rules (DOMAIN §2). */
  vital: boolean().notNull(),
  legalAlert: boolean().notNull(),
  position: smallint().notNull(),
  exerciseId: exerciseId(),
})

export const setting = pgTable('setting', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
})

/** Written by the worker every few seconds; read by the page of operations and /api/health. */
export const workerHeartbeat = pgTable('worker_heartbeat', {
  name: text().primaryKey(),
  at: instant().notNull(),
})

/** When each clock of the worker last turned and why not since (app/_jobs/clocks.ts), one row a clock, by the database's hour. */
export const clock = pgTable('clock', {
  name: text().primaryKey(),
  /** Without success for so long, it is late. */
  lateS: integer().notNull(),
  /** Since when a worker means to turn it. */
  knownAt: instant().notNull(),
  startedAt: instant(),
  succeededAt: instant(),
  failedAt: instant(),
  /** Why it last failed, without any value; null since it turns. */
  error: text(),
  failures: integer().notNull().default(0),
})

/** Emptied and written again whenever health must know that a write lasts; a new file each time, so that a full disk is seen. */
export const writeProof = pgTable('write_proof', { at: instant().notNull() })
