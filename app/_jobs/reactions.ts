import { inArray, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import type { EVENTS, EventName } from '#app/_journal/events.ts'
import { linkReported } from '#app/calls/commands/link.ts'
import { passOnToAttached, passToMain } from '#app/cases/commands/pass-on.ts'
import { advanceCrisis } from '#app/crisis/commands/advance.ts'
import { setExercisesAside } from '#app/exercises/commands/set-aside.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import { acknowledgeCall } from '#app/notifications/commands/acknowledge-call.ts'
import { type JournalLine, tell } from '#app/notifications/commands/tell.ts'
import { ringAuthority, tellPosts } from '#app/notifications/commands/tell-posts.ts'
import { publishStatus } from '#app/status/commands/publish.ts'
import { journal } from '#db/schema/journal.ts'
import { asActor, together } from '#db/transaction.ts'

type Reaction = (actor: MachineActor, line: JournalLine, now: Date, readSoon: ReadSoon) => Promise<void>
/** Has all the facts of the real world read, after what is committed by now. */
export type ReadSoon = () => Promise<void>
type Reacting = { [E in EventName]: (typeof EVENTS)[E]['reacts'] extends true ? E : never }[EventName]

/** Everything that follows from an event, said once. An event marked `reacts` without a row here breaks the build. */
export const REACTIONS: Record<Reacting, Reaction[]> = {
  'case.reported': [setExercisesAside, readTheFacts, tell, linkReported],
  'case.acknowledged': [tell],
  'case.taken_over': [tell],
  'case.assigned': [tell],
  'case.level_changed': [tell, passOnToAttached],
  'case.tested': [readTheFacts, tell, passOnToAttached, passToMain],
  'case.workaround': [tell, passOnToAttached],
  'case.updated': [tell, passOnToAttached],
  'case.completed': [readTheFacts, tell, passToMain],
  'case.answered': [readTheFacts, tell, passToMain],
  'case.neighbour_observed': [readTheFacts, tell, passToMain],
  'account.passphrase_forgotten': [tell],
  'account.data_rectified': [tell],
  'account.passkey_suspended': [tell],
  'case.callback_changed': [tell],
  'case.file_attached': [tell, passToMain],
  'case.observed': [readTheFacts, tell, passToMain],
  'case.mail_received': [tell],
  'case.sms_received': [tell],
  'incident.mail_received': [tell],
  'incident.sms_received': [tell],
  'cell.sms_received': [tell],
  'cell.mail_put_aside': [tell],
  'cell.unreached': [tell],
  'case.waiting_reporter': [tell, passOnToAttached],
  'case.attached_duplicate': [readTheFacts, tell],
  'case.detached_duplicate': [readTheFacts, tell],
  'case.main_moved': [tell],
  'case.restored': [tell, passOnToAttached],
  'case.confirmed': [readTheFacts, tell, passOnToAttached, passToMain],
  'case.still_failing': [readTheFacts, tell, passOnToAttached, passToMain],
  'case.closed': [tell, passOnToAttached],
  'case.reopened': [tell, passOnToAttached],
  'case.out_of_scope': [tell, passOnToAttached],
  'case.verified': [readTheFacts, tell],
  'case.ack_missed': [tell],
  'case.check_missed': [tell],
  'case.promise_missed': [tell],
  'case.escalated': [tell],
  'case.residual': [tell, passOnToAttached],
  'incident.state_changed': [tell],
  'proposal.made': [tell, turnTheClock],
  'proposal.accepted': [turnTheClock],
  'proposal.declined': [tell, turnTheClock],
  'proposal.reopened': [tell, turnTheClock],
  'proposal.watched': [tell, turnTheClock],
  'proposal.lapsed': [turnTheClock],
  'proposal.sure': [turnTheClock],
  'crisis.called': [tell],
  'crisis.answered': [acknowledgeCall],
  'crisis.cannot': [turnTheClock],
  'crisis.activated': [tell],
  'crisis.declined': [tell],
  'cell.state_changed': [tell],
  'roster.shift_added': [tell],
  'roster.shift_cancelled': [tell],
  'roster.shift_swapped': [tell],
  'notice.issued': [tell, tellPosts],
  'notice.rung': [ringAuthority],
  'notice.call_due': [tell],
  'instruction.asked': [tell],
  'instruction.answered': [tell],
  'instruction.call_due': [tell],
  'instruction.in_force': [tell, publishStatus],
  'instruction.ending': [tell],
  'instruction.ended': [tell, publishStatus],
  'instruction.withdrawn': [tell],
  'broadcast.prepared': [tell],
  'broadcast.started': [tell],
  'broadcast.stopped': [tell],
  'broadcast.done': [tell],
  'fallback.failed': [tell],
  'fallback.opened': [tell],
  'fallback.ending': [tell],
  'fallback.closed': [tell],
  'statement.drafted': [tell],
  'statement.approved': [tell, publishStatus],
  'statement.withdrawn': [publishStatus],
  'public.opened': [tell, publishStatus],
  'public.agreed': [tell, publishStatus],
  'public.closed': [tell, publishStatus],
  'call.missed': [tell],
  'migration.promise_missed': [tell],
  'lesson.overdue': [tell],
}

/** Short, and locking nothing that another job may hold: those of one job are one transaction. */
const LIGHT = new Set<Reaction>([
  setExercisesAside,
  tell,
  tellPosts,
  ringAuthority,
  acknowledgeCall,
  linkReported,
])

/**
 * Runs what follows from these lines, in their order. Every reaction may be run again without harm: a job that died half
 * way is simply tried again. The worker calls it with the wall clock, a drill with its own.
 */
export async function react(
  actor: MachineActor,
  lineIds: number[],
  now: Date,
  readSoon: ReadSoon = () => queueReading(actor),
): Promise<void> {
  if (lineIds.length === 0) return
  const after: [Reaction, JournalLine][] = []
  await together(actor, async () => {
    const lines = await asActor(actor, (tx) =>
      tx.select().from(journal).where(inArray(journal.id, lineIds)).orderBy(journal.id),
    )
    for (const line of lines) {
      for (const reaction of REACTIONS[line.event as Reacting] ?? []) {
        if (LIGHT.has(reaction)) await reaction(actor, line, now, readSoon)
        else after.push([reaction, line])
      }
    }
  })
  for (const [reaction, line] of after) await reaction(actor, line, now, readSoon)
}

/**
 * The trigger rules read all that is known, so many reports need one reading: in the real world the worker's own, which
 * many ask for at once; in a drill at once, on its own clock.
 */
async function readTheFacts(
  actor: MachineActor,
  _line: JournalLine,
  now: Date,
  readSoon: ReadSoon,
): Promise<void> {
  if (actor.exerciseId === null) await readSoon()
  else await correlateNow(actor, now)
}

/** For who is no worker: a job, never queued twice. */
async function queueReading(actor: MachineActor): Promise<void> {
  await asActor(actor, (tx) => tx.execute(sql`select app.correlate_soon()`))
}

async function turnTheClock(actor: MachineActor, _line: JournalLine, now: Date): Promise<void> {
  await advanceCrisis(actor, now)
}
