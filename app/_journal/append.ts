import { sql } from 'drizzle-orm'
import { type Actor, actorId, actorName, exerciseOf, sideOf } from '#app/_auth/actor.ts'
import { journal, type Visibility } from '#db/schema/journal.ts'
import type { Tx } from '#db/transaction.ts'
import type { EventName } from './events.ts'
import { EVENTS } from './events.ts'

export type Line = {
  /** 'case:12', 'incident:3', 'cell', 'directory', 'account:7': one hash chain each. */
  chain: string
  event: EventName
  visibility: Visibility
  at: Date
  caseId?: number
  incidentId?: number
  /** Hour heard and hour of the fact, when they are not the hour of writing (DOMAIN §7). */
  heardAt?: Date
  factAt?: Date
  certainty?: 'observed' | 'reported' | 'supposed'
  text?: string | null
  data?: Record<string, unknown>
}

/** So many are announced together: of what a hint may hold (8 000 bytes), far less, and a job ends soon. */
const TOGETHER = 100

/**
 * Writes lines to the main courante, in the caller's transaction, and announces them once: one job for the reactions that
 * follow, one hint for the open pages; of very many some, each for a part. Lines of many chains are the cell's.
 */
export async function append(tx: Tx, actor: Actor, ...lines: Line[]): Promise<void> {
  for (let from = 0; from < lines.length; from += TOGETHER)
    await appendSome(tx, actor, lines.slice(from, from + TOGETHER))
}

async function appendSome(tx: Tx, actor: Actor, lines: Line[]): Promise<void> {
  const chains = lines.map(({ chain }) => chain)
  // A drill runs its reactions itself, on its own clock (invariant 5).
  const react = exerciseOf(actor) === null && lines.some((line) => EVENTS[line.event].reacts)
  const written = tx.insert(journal).values(
    lines.map((line) => ({
      ...line,
      data: line.data ?? {},
      exerciseId: exerciseOf(actor),
      actorId: actorId(actor),
      actorName: actorName(actor),
      actorSide: sideOf(actor),
      // the trigger replaces these three
      seq: 0,
      prevHash: EMPTY,
      hash: EMPTY,
    })),
  )
  // One behind the other down one line: what is announced is there, and one answer is waited for instead of two.
  await Promise.all([
    written.execute(),
    tx.execute(
      new Set(chains).size === 1
        ? sql`select app.announce(${chains[0]}, ${lines.length}, ${react})`
        : sql`select app.announce_each(${sql.param(chains)}::text[], ${react})`,
    ),
  ])
}

const EMPTY = new Uint8Array()
