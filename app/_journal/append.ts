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

/**
 * Writes lines of one chain to the main courante, in the caller's transaction, and announces them once: one job for the
 * reactions that follow, one hint for the open pages.
 */
export async function append(tx: Tx, actor: Actor, ...lines: [Line, ...Line[]]): Promise<void> {
  const [{ chain }] = lines
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
    tx.execute(sql`select app.announce(${chain}, ${lines.length}, ${react})`),
  ])
}

const EMPTY = new Uint8Array()
