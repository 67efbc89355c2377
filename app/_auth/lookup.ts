import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { account, apiToken, type Role, session } from '#db/schema/account.ts'
import { organisation } from '#db/schema/directory.ts'
import { exercise } from '#db/schema/exercise.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { type AccountActor, CELL_ROLES, type DoorActor } from './actor.ts'
import { expiryOf, mustTouch } from './lifetime.ts'

const DOOR: DoorActor = { kind: 'door' }

/** Who holds this session now; null when it ended, was revoked, or its account or organisation is inactive. */
export async function actorOfSession(
  sessionId: string,
  now: Date,
  { touch = true }: { touch?: boolean } = {},
): Promise<AccountActor | null> {
  if (!UUID.test(sessionId)) return null
  return asActor(DOOR, async (tx) => {
    const [row] = await tx
      .select({ ...WHO, createdAt: session.createdAt, lastSeenAt: session.lastSeenAt })
      .from(session)
      .innerJoin(account, eq(account.id, session.accountId))
      .leftJoin(organisation, eq(organisation.id, account.organisationId))
      .where(and(eq(session.id, sessionId), isNull(session.revokedAt), after(session.expiresAt, now), USABLE))
    if (!row) return null
    if (touch && mustTouch(row.lastSeenAt, now)) await keepAlive(tx, sessionId, row.createdAt, now)
    return toActor(row)
  })
}

/** Who speaks with this bearer token, given its sha256. */
export async function actorOfToken(hash: string): Promise<AccountActor | null> {
  return asActor(DOOR, async (tx) => {
    const [row] = await tx
      .select(WHO)
      .from(apiToken)
      .innerJoin(account, eq(account.id, apiToken.accountId))
      .leftJoin(organisation, eq(organisation.id, account.organisationId))
      .where(and(eq(apiToken.hash, hash), isNull(apiToken.revokedAt), USABLE))
    return row ? toActor(row) : null
  })
}

/** The same person inside an exercise: a member of the cell, and an exercise that runs; otherwise the real world. */
export async function inExercise(actor: AccountActor, exerciseId: number): Promise<AccountActor> {
  if (!CELL_ROLES.includes(actor.role) || !Number.isSafeInteger(exerciseId)) return actor
  const [running] = await asActor(actor, (tx) =>
    tx
      .select({ id: exercise.id })
      .from(exercise)
      .where(and(eq(exercise.id, exerciseId), eq(exercise.state, 'running'))),
  )
  return running ? { ...actor, exerciseId: running.id } : actor
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

// A zone or a region sees its départements: expanded here, so that policies compare plain codes.
const SEEN = sql<string[]>`case
  when ${organisation.sees} is null then '{}'
  when 'FR' = any (${organisation.sees}) then '{FR}'
  when cardinality(${organisation.sees}) = 0 then '{}'
  else ${organisation.sees} || array(
    select t.code from territory t where t.kind = 'departement' and t.code <> all (${organisation.sees})
      and (t.region_code = any (${organisation.sees}) or t.zone_code = any (${organisation.sees})) order by t.code)
  end`

const WHO = {
  accountId: account.id,
  role: account.role,
  name: account.name,
  email: account.email,
  organisationId: account.organisationId,
  locale: account.locale,
  territories: SEEN,
}

const USABLE = sql`${account.active} and coalesce(${organisation.active}, true)`

function toActor(row: {
  accountId: number
  role: Role
  name: string
  email: string
  organisationId: number | null
  locale: 'fr' | 'en'
  territories: string[]
}): AccountActor {
  return {
    kind: 'account',
    accountId: row.accountId,
    role: row.role,
    name: row.name,
    email: row.email,
    organisationId: row.organisationId,
    territories: row.territories,
    exerciseId: null,
    locale: row.locale,
  }
}

function after(column: typeof session.expiresAt, now: Date): SQL {
  return sql`${column} > ${now.toISOString()}::timestamptz`
}

async function keepAlive(tx: Tx, sessionId: string, createdAt: Date, now: Date) {
  await tx
    .update(session)
    .set({ lastSeenAt: now, expiresAt: expiryOf(createdAt, now) })
    .where(eq(session.id, sessionId))
}
