import { sql } from 'drizzle-orm'
import {
  bigint,
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
import { identity, instant, known, reference } from './columns.ts'
import { organisation, post } from './directory.ts'

export const ROLES = ['reporter', 'agent', 'lead', 'director', 'admin', 'wall'] as const
export type Role = (typeof ROLES)[number]

/** Roles that are on call, and called in a crisis. */
export const ON_CALL_ROLES = ['agent', 'lead', 'director', 'admin'] as const satisfies readonly Role[]
export type OnCallRole = (typeof ON_CALL_ROLES)[number]

export const account = pgTable(
  'account',
  {
    id: identity(),
    /** Lower-case. */
    email: text().notNull(),
    name: text().notNull(),
    role: text().$type<Role>().notNull(),
    organisationId: reference().references(() => organisation.id),
    postId: reference().references(() => post.id),
    /** Where this person is called back, E.164; his own to give. */
    phone: text(),
    locale: text().$type<'fr' | 'en'>().notNull().default('fr'),
    active: boolean().notNull().default(true),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('account_email').on(t.email),
    index('account_organisation').on(t.organisationId),
    known('account', 'role', ROLES),
    known('account', 'locale', ['fr', 'en']),
  ],
)

/** Apart from the account, so that no reader of accounts can ever read a hash: only the sign-in door may. */
export const passphrase = pgTable('passphrase', {
  accountId: reference()
    .primaryKey()
    .references(() => account.id),
  /** argon2id, PHC string. */
  hash: text().notNull(),
  updatedAt: instant().notNull(),
})

export const SIGN_IN_METHODS = [
  'passphrase',
  'passkey',
  'totp',
  'recovery_code',
  'provider',
  'invitation',
] as const
/** By what a session was opened; `totp` and `recovery_code` after the passphrase. */
export type SignInMethod = (typeof SIGN_IN_METHODS)[number]

export const session = pgTable(
  'session',
  {
    id: uuid().primaryKey(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    createdAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    userAgent: text(),
    /** The network it was opened from, without the machine in it; null when no address may be believed. */
    place: text(),
    method: text().$type<SignInMethod>().notNull().default('passphrase'),
    /** Opened, or confirmed since, by more than a passphrase. */
    strong: boolean().notNull().default(false),
    /** A stronger sign-in is asked of this person and is not set up: this session can do that and nothing else. */
    confined: boolean().notNull().default(false),
    /** When this person last proved who he is, here. */
    reauthenticatedAt: instant(),
    /** What the provider gave at sign-in, sealed: it asks for it at sign-out. */
    providerToken: text(),
  },
  (t) => [index('session_account').on(t.accountId), known('session', 'method', SIGN_IN_METHODS)],
)

/** Where an account has signed in from: keyed hashes of a browser's id and of an address, never either of them. */
export const knownOrigin = pgTable(
  'known_origin',
  {
    accountId: reference()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    mark: text().notNull(),
    lastAt: instant().notNull(),
  },
  (t) => [primaryKey({ name: 'known_origin_pkey', columns: [t.accountId, t.mark] })],
)

export type SignInOutcome =
  | 'unknown_name'
  | 'wrong_passphrase'
  | 'wrong_passkey'
  | 'wrong_code'
  | 'wrong_provider'
  | 'held'

/** Failures at the sign-in door, counted by the hour: names that nobody has are not written down one by one. */
export const signInCount = pgTable(
  'sign_in_count',
  {
    hour: instant().notNull(),
    outcome: text().$type<SignInOutcome>().notNull(),
    times: integer().notNull(),
  },
  (t) => [primaryKey({ name: 'sign_in_count_pkey', columns: [t.hour, t.outcome] })],
)

/** One row per throttled key (rules/throttle.ts says of what): how many failures, and when. */
export const signInThrottle = pgTable('sign_in_throttle', {
  key: text().primaryKey(),
  failures: integer().notNull(),
  lastFailureAt: instant().notNull(),
})

/** What was typed in a form whose session had ended, without JavaScript: an hour, for the next sign-in of the same person. */
export const keptForm = pgTable('kept_form', {
  sessionId: uuid()
    .primaryKey()
    .references(() => session.id, { onDelete: 'cascade' }),
  path: text().notNull(),
  form: text().notNull(),
  /** Sealed: readable by the web alone (app/_doors/kept.ts). */
  typed: jsonb().$type<string>().notNull(),
  keptAt: instant().notNull(),
})

/** What a key of a machine may: the first three speak as an account; each of the others stands alone (app/_auth/rules/scopes.ts). */
export const TOKEN_SCOPES = ['read', 'report', 'update', 'probe', 'telephony', 'metrics'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

export const apiToken = pgTable(
  'api_token',
  {
    id: identity(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    /** sha256 of the token, hexadecimal; the token itself is shown once. */
    hash: text().notNull(),
    name: text().notNull(),
    scopes: text().array().$type<TokenScope[]>().notNull(),
    createdAt: instant().notNull(),
    /** Who made it; nobody: the command line. */
    madeBy: reference().references(() => account.id),
    expiresAt: instant().notNull(),
    /** To the minute. */
    lastUsedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [
    uniqueIndex('api_token_hash').on(t.hash),
    check(
      'api_token_scopes_known',
      sql.raw(
        `cardinality(scopes) > 0 and (scopes <@ '{read,report,update}' or cardinality(scopes) = 1 and scopes <@ '{probe,telephony,metrics}')`,
      ),
    ),
  ],
)

export const team = pgTable(
  'team',
  {
    id: identity(),
    name: text().notNull(),
    /** The general queue: takes what no rule takes. Exactly one. */
    general: boolean().notNull().default(false),
    active: boolean().notNull().default(true),
  },
  (t) => [uniqueIndex('team_name').on(t.name)],
)

export const teamMember = pgTable(
  'team_member',
  {
    teamId: reference()
      .notNull()
      .references(() => team.id),
    accountId: reference()
      .notNull()
      .references(() => account.id),
  },
  (t) => [uniqueIndex('team_member_once').on(t.teamId, t.accountId)],
)

/** Data an administrator edits at /admin/routing. An empty list means "any". */
export const routingRule = pgTable('routing_rule', {
  id: identity(),
  position: smallint().notNull(),
  name: text().notNull(),
  territories: text().array().notNull().default([]),
  numbers: text().array().notNull().default([]),
  levels: smallint().array().notNull().default([]),
  reporterKinds: text().array().notNull().default([]),
  teamId: reference()
    .notNull()
    .references(() => team.id),
  /** Accounts in the order in which they are proposed; the first who is active takes it. */
  assigneeOrder: bigint({ mode: 'number' }).array().notNull().default([]),
  active: boolean().notNull().default(true),
})

export const savedView = pgTable(
  'saved_view',
  {
    id: identity(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    name: text().notNull(),
    query: text().notNull(),
  },
  (t) => [uniqueIndex('saved_view_name').on(t.accountId, t.name)],
)

/** What of a budget is spent (app/_doors/rules/budgets.ts): the moment at which all of it is there again. Reached through app.spend alone. */
export const budget = pgTable('budget', {
  key: text().primaryKey(),
  fullAt: instant().notNull(),
})
