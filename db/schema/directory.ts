import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { SITE_ACCESS } from '../reference/vocabulary.ts'
import { exerciseId, identity, instant, known, reference } from './columns.ts'

export const ORGANISATION_KINDS = [
  'samu',
  'sdis',
  'bspp_bmpm',
  'cetra',
  'police',
  'gendarmerie',
  'cnr114',
  'siao115',
  'cross',
  'hospital',
  'mairie',
  'prefecture',
  'prefecture_police',
  'coz',
  'ars',
  'cogic',
  'corruss',
  'cced',
  'anssi',
  'ministry',
  'operator',
  'federation',
  'cell',
  'other',
] as const
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number]

export const organisation = pgTable(
  'organisation',
  {
    id: identity(),
    kind: text().$type<OrganisationKind>().notNull(),
    name: text().notNull(),
    territoryCode: text().notNull(),
    /** Territories whose cases it sees as an authority (DOMAIN §2); empty for a centre, ['FR'] for a national one. */
    sees: text().array().notNull().default([]),
    active: boolean().notNull().default(true),
    /** Its people sign in with more than a passphrase: an administrator asks it. */
    strongSignIn: boolean().notNull().default(false),
    /** Lower-case, unaccented: for search while typing. */
    search: text().notNull(),
    exerciseId: exerciseId(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('organisation_name').on(t.name, sql`coalesce(exercise_id, 0)`),
    index('organisation_search').using('gin', t.search.op('gin_trgm_ops')),
    index('organisation_territory').on(t.territoryCode),
    known('organisation', 'kind', ORGANISATION_KINDS),
  ],
)

export const post = pgTable(
  'post',
  {
    id: identity(),
    organisationId: reference()
      .notNull()
      .references(() => organisation.id),
    name: text().notNull(),
    active: boolean().notNull().default(true),
  },
  (t) => [uniqueIndex('post_name').on(t.organisationId, t.name)],
)

export const contact = pgTable(
  'contact',
  {
    id: identity(),
    organisationId: reference()
      .notNull()
      .references(() => organisation.id),
    postId: reference().references(() => post.id),
    name: text().notNull(),
    /** E.164: '+33199001234' (app/directory/rules/phone.ts). */
    phone: text(),
    email: text(),
    /** What was sent to that address came back. */
    bouncedAt: instant(),
    /** The number to use for a call-back that authenticates (DOMAIN §7). */
    callBack: boolean().notNull().default(false),
    active: boolean().notNull().default(true),
    search: text().notNull(),
  },
  (t) => [
    index('contact_organisation').on(t.organisationId),
    // Who calls: asked at each event of the switchboard.
    index('contact_phone').on(t.phone).where(sql`active`),
    index('contact_search').using('gin', t.search.op('gin_trgm_ops')),
  ],
)

export type SiteAccess = (typeof SITE_ACCESS)[number]

export const site = pgTable(
  'site',
  {
    id: identity(),
    organisationId: reference()
      .notNull()
      .references(() => organisation.id),
    name: text().notNull(),
    territoryCode: text().notNull(),
    communeCode: text(),
    access: text().$type<SiteAccess>().notNull().default('unknown'),
    operator: text(),
    numbers: text().array().notNull().default([]),
    active: boolean().notNull().default(true),
  },
  (t) => [uniqueIndex('site_name').on(t.organisationId, t.name), known('site', 'access', SITE_ACCESS)],
)
