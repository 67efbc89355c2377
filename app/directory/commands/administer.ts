import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { type Actor, may } from '#app/_auth/actor.ts'
import type { RealCapability } from '#app/_auth/rules/roles.ts'
import { type Refusal, type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import type { EventName } from '#app/_journal/events.ts'
import { inReality, type Tx } from '#db/transaction.ts'

/** PostgreSQL's own mark of the last change of a row: what the conditional write compares (invariant 4). */
export const ROW_VERSION = sql<string>`xmin::text`

/**
 * One transaction of an administrator, in the real world whatever exercise is open in the browser: doors know by the capability
 * that its hour is the wall's too. Anybody else is
 * told what somebody is told who asks for what does not exist. `taken` is the answer when a unique name is taken.
 */
export async function administer<T>(
  actor: Actor,
  capability: RealCapability,
  work: (tx: Tx, actor: Actor) => Promise<Result<T>>,
  taken?: Refusal,
): Promise<Result<T>> {
  if (actor.kind === 'door' || !may(actor, capability)) return refused('directory.refused.absent')
  try {
    return await inReality(actor, work)
  } catch (error) {
    if (taken && isUniqueViolation(error)) return taken
    throw error
  }
}

type Row = PgTable & { id: PgColumn }

/** Why an edit cannot be written: the row is not there, or somebody changed it since it was shown. */
export async function missed(tx: Tx, table: Row, id: number): Promise<Refusal> {
  const [row] = await tx.select({ version: ROW_VERSION }).from(table).where(sql`${table.id} = ${id}`)
  if (!row) return refused('directory.refused.absent')
  return { ...refused('directory.refused.changed_meanwhile'), conflict: { version: Number(row.version) } }
}

/** The row as it was shown: without a mark (a machine, an import) the row as it is. */
export function asSeen(table: Row, id: number, seen: string | undefined): SQL {
  return sql`${table.id} = ${id} and (${seen ?? null}::text is null or ${table}.xmin::text = ${seen ?? null})`
}

export function writeDown(
  tx: Tx,
  actor: Actor,
  chain: string,
  event: EventName,
  data: Record<string, unknown>,
  now: Date,
): Promise<void> {
  return append(tx, actor, { chain, event, visibility: 'internal', at: now, data })
}

/** Which fields differ: the journal says what was changed, never a person's number or address. */
export function changedFields<T extends object>(before: T | undefined, after: Partial<T>): string[] {
  return (Object.keys(after) as (keyof T & string)[]).filter(
    (key) => JSON.stringify(before?.[key] ?? null) !== JSON.stringify(after[key] ?? null),
  )
}

function isUniqueViolation(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return (code ?? cause?.code) === '23505'
}
