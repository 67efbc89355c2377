import { inArray } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import type { EVENTS, EventName } from '#app/_journal/events.ts'
import { passOnToDuplicates } from '#app/cases/commands/pass-on.ts'
import { type JournalLine, tellOfCase } from '#app/notifications/commands/tell-of-case.ts'
import { journal } from '#db/schema/journal.ts'
import { asActor } from '#db/transaction.ts'

type Reaction = (actor: MachineActor, line: JournalLine, now: Date) => Promise<void>
type Reacting = { [E in EventName]: (typeof EVENTS)[E]['reacts'] extends true ? E : never }[EventName]

/** Everything that follows from an event, said once. An event marked `reacts` without a row here breaks the build. */
export const REACTIONS: Record<Reacting, Reaction[]> = {
  'case.reported': [tellOfCase],
  'case.acknowledged': [tellOfCase],
  'case.taken_over': [tellOfCase],
  'case.assigned': [tellOfCase],
  'case.level_changed': [tellOfCase],
  'case.tested': [tellOfCase],
  'case.workaround': [tellOfCase, passOnToDuplicates],
  'case.updated': [tellOfCase, passOnToDuplicates],
  'case.completed': [tellOfCase],
  'case.answered': [tellOfCase],
  'case.neighbour_observed': [tellOfCase],
  'case.waiting_reporter': [tellOfCase],
  'case.attached_duplicate': [tellOfCase],
  'case.detached_duplicate': [tellOfCase],
  'case.restored': [tellOfCase, passOnToDuplicates],
  'case.confirmed': [tellOfCase],
  'case.still_failing': [tellOfCase],
  'case.closed': [tellOfCase],
  'case.reopened': [tellOfCase],
  'case.verified': [tellOfCase],
  'case.ack_missed': [tellOfCase],
  'case.check_missed': [tellOfCase],
  'case.promise_missed': [tellOfCase],
  'case.escalated': [tellOfCase],
}

/**
 * Runs what follows from these lines, in their order. Every reaction may be run again without harm: a job that died half
 * way is simply tried again. The worker calls it with the wall clock, a drill with its own.
 */
export async function react(actor: MachineActor, lineIds: number[], now: Date): Promise<void> {
  if (lineIds.length === 0) return
  const lines = await asActor(actor, (tx) =>
    tx.select().from(journal).where(inArray(journal.id, lineIds)).orderBy(journal.id),
  )
  for (const line of lines) {
    for (const reaction of REACTIONS[line.event as Reacting] ?? []) await reaction(actor, line, now)
  }
}
