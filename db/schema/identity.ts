import { bigint, boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { account } from './account.ts'
import { bytea, identity, instant, known, reference } from './columns.ts'

const holder = () =>
  reference()
    .notNull()
    .references(() => account.id)

/** A passkey: what a device of this person signs with. Only its public half is here. */
export const passkey = pgTable(
  'passkey',
  {
    id: identity(),
    accountId: holder(),
    /** As the device names it, base64url. */
    credentialId: text().notNull(),
    publicKey: bytea().notNull(),
    /** How often it says it has signed; 0 for ever where keys are shared between devices. */
    counter: bigint({ mode: 'number' }).notNull(),
    transports: text().array().notNull().default([]),
    /** Copied to other devices of its owner by whoever keeps his keys. */
    backedUp: boolean().notNull(),
    name: text().notNull(),
    createdAt: instant().notNull(),
    lastUsedAt: instant(),
    /** Its counter went back: there may be two of it. It opens nothing any more. */
    suspendedAt: instant(),
  },
  (t) => [uniqueIndex('passkey_credential').on(t.credentialId), index('passkey_account').on(t.accountId)],
)

/** An application that shows six digits. The secret is sealed: whoever reads the database alone cannot show them. */
export const totp = pgTable('totp', {
  accountId: reference()
    .primaryKey()
    .references(() => account.id),
  secret: text().notNull(),
  /** The latest half minute whose code was taken: none is taken twice. */
  lastStep: bigint({ mode: 'number' }).notNull(),
  createdAt: instant().notNull(),
})

/** Codes on paper, each good once. Keyed hashes. Those used stay until new ones are made: so many are left. */
export const recoveryCode = pgTable(
  'recovery_code',
  {
    accountId: holder(),
    hash: text().notNull(),
    madeAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [primaryKey({ name: 'recovery_code_pkey', columns: [t.accountId, t.hash] })],
)

/** Who an identity provider says somebody is: its issuer and its own name for him, nothing else identifies. */
export const externalIdentity = pgTable(
  'external_identity',
  {
    id: identity(),
    accountId: holder(),
    issuer: text().notNull(),
    subject: text().notNull(),
    boundAt: instant().notNull(),
    boundBy: text().$type<'invitation' | 'administrator'>().notNull(),
    lastUsedAt: instant(),
  },
  (t) => [
    uniqueIndex('external_identity_once').on(t.issuer, t.subject),
    index('external_identity_account').on(t.accountId),
    known('external_identity', 'bound_by', ['invitation', 'administrator']),
  ],
)

/** Somebody whom the provider knows and no account bears: an administrator may bind him. What else it said are hints. */
export const unboundIdentity = pgTable(
  'unbound_identity',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    name: text().notNull(),
    email: text().notNull(),
    siret: text().notNull(),
    lastAt: instant().notNull(),
  },
  (t) => [primaryKey({ name: 'unbound_identity_pkey', columns: [t.issuer, t.subject] })],
)

/** A link that lets its holder set up how he signs in: once, and not for long. */
export const invitation = pgTable(
  'invitation',
  {
    id: uuid().primaryKey(),
    accountId: holder(),
    /** sha256 of what stands in the link. */
    hash: text().notNull(),
    madeAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [uniqueIndex('invitation_hash').on(t.hash), index('invitation_account').on(t.accountId)],
)

/** Challenges that were answered: each is answered once. Until they would have expired by themselves. */
export const spentChallenge = pgTable('spent_challenge', {
  mark: text().primaryKey(),
  until: instant().notNull(),
})
