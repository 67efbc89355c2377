import { sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import type { journal } from '#db/schema/journal.ts'
import { asActor } from '#db/transaction.ts'
import { ticketEventsOf } from '../rules/ticket-events.ts'

type Line = Pick<typeof journal.$inferSelect, 'id' | 'caseId' | 'event' | 'visibility'>

/** Notes what each listener has yet to be told; whether it may hear it is asked when it is told. An exercise leaves the house to nobody. */
export async function tellListeners(actor: MachineActor, line: Line): Promise<void> {
  const types = ticketEventsOf(line)
  if (actor.exerciseId !== null || line.caseId === null || types.length === 0) return
  await asActor(actor, (tx) =>
    tx.execute(sql`insert into ticket_event (listener_id, case_id, line_id, type)
      select id, ${line.caseId}, ${line.id}, type from ticket_listener, unnest(${`{${types.join()}}`}::text[]) type on conflict do nothing`),
  )
}
