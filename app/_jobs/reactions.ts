import { inArray, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import type { EVENTS, EventName } from '#app/_journal/events.ts'
import { linkReported } from '#app/calls/commands/link.ts'
import { haveAttachedOf, passOnToAttached, passToMain } from '#app/cases/commands/pass-on.ts'
import { advanceCrisis } from '#app/crisis/commands/advance.ts'
import { setExercisesAside } from '#app/exercises/commands/set-aside.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import { acknowledgeCall } from '#app/notifications/commands/acknowledge-call.ts'
import { gather } from '#app/notifications/commands/gather.ts'
import { type JournalLine, tell, tellAll } from '#app/notifications/commands/tell.ts'
import { ringAuthority, tellPosts } from '#app/notifications/commands/tell-posts.ts'
import { publishStatus } from '#app/status/commands/publish.ts'
import { tellListeners } from '#app/tmf-api/commands/tell-listeners.ts'
import { journal } from '#db/schema/journal.ts'
import { asActor, together } from '#db/transaction.ts'

type Reaction = (actor: MachineActor, line: JournalLine, now: Date, readSoon: ReadSoon) => Promise<void>
/** Has all the facts of the real world read, after what is committed by now. */
export type ReadSoon = () => Promise<void>
type Reacting = { [E in EventName]: (typeof EVENTS)[E]['reacts'] extends true ? E : never }[EventName]

/** Everything that follows from an event, said once. An event marked `reacts` without a row here breaks the build. */
export const REACTIONS: Record<Reacting, Reaction[]> = {
  'case.reported': [setExercisesAside, readTheFacts, tell, linkReported, tellListeners],
  'case.acknowledged': [tell, tellListeners],
  'case.taken_over': [tell, tellListeners],
  'case.assigned': [tell, tellListeners],
  'case.level_changed': [tell, passOnToAttached, tellListeners],
  'case.tested': [readTheFacts, tell, passOnToAttached, passToMain, tellListeners],
  'case.workaround': [tell, passOnToAttached, tellListeners],
  'case.updated': [tell, passOnToAttached, tellListeners],
  'case.completed': [readTheFacts, tell, passToMain, tellListeners],
  'case.answered': [readTheFacts, tell, passToMain, tellListeners],
  'case.neighbour_observed': [readTheFacts, tell, passToMain, tellListeners],
  'account.passphrase_forgotten': [tell],
  'account.data_rectified': [tell],
  'account.passkey_suspended': [tell],
  'case.callback_changed': [tell, tellListeners],
  'case.file_attached': [tell, passToMain, tellListeners],
  'case.observed': [readTheFacts, tell, passToMain, tellListeners],
  'case.mail_received': [tell, tellListeners],
  'case.sms_received': [tell, tellListeners],
  'incident.mail_received': [tell],
  'incident.sms_received': [tell],
  'cell.sms_received': [tell],
  'cell.mail_put_aside': [tell],
  'cell.unreached': [tell],
  'case.waiting_reporter': [tell, passOnToAttached, tellListeners],
  'case.attached_duplicate': [readTheFacts, tell, tellListeners],
  'case.detached_duplicate': [readTheFacts, tell, tellListeners],
  'case.main_moved': [tell, tellListeners],
  'case.restored': [tell, passOnToAttached, tellListeners],
  'case.confirmed': [readTheFacts, tell, passOnToAttached, passToMain, tellListeners],
  'case.still_failing': [readTheFacts, tell, passOnToAttached, passToMain, tellListeners],
  'case.closed': [tell, passOnToAttached, tellListeners],
  'case.reopened': [tell, passOnToAttached, tellListeners],
  'case.out_of_scope': [tell, passOnToAttached, tellListeners],
  'case.verified': [readTheFacts, tell, tellListeners],
  'case.ack_missed': [tell, tellListeners],
  'case.check_missed': [tell, tellListeners],
  'case.promise_missed': [tell, tellListeners],
  'case.escalated': [tell, tellListeners],
  'case.residual': [tell, passOnToAttached, tellListeners],
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
  tellListeners,
])

/**
 * Runs what follows from these lines, in their order. Every reaction may be run again without harm: a job that died half
 * way is simply tried again. The worker calls it with the wall clock, a drill with its own. `light` runs what may be one transaction.
 */
export async function react(
  actor: MachineActor,
  lineIds: number[],
  now: Date,
  readSoon: ReadSoon = () => queueReading(actor),
  light = runLight,
): Promise<void> {
  if (lineIds.length === 0) return
  const { lines, haveAttached } = await light(actor, lineIds, now)
  for (const line of lines)
    for (const reaction of reactionsTo(line)) {
      if (reaction === passOnToAttached && !haveAttached.has(line.caseId)) continue
      if (!LIGHT.has(reaction)) await reaction(actor, line, now, readSoon)
    }
}

type Lines = { lines: JournalLine[]; haveAttached: ReadonlySet<number | null> }

/** What is light of all these lines, in one transaction; returns the lines, and of which of their cases others hang. */
async function runLight(actor: MachineActor, lineIds: number[], now: Date): Promise<Lines> {
  return together(actor, async () => {
    const lines = await asActor(actor, (tx) =>
      tx.select().from(journal).where(inArray(journal.id, lineIds)).orderBy(journal.id),
    )
    const passedOn = lines.filter((line) => reactionsTo(line).includes(passOnToAttached))
    const haveAttached = await haveAttachedOf(actor, passedOn)
    for (const line of lines)
      for (const reaction of reactionsTo(line))
        if (reaction !== tell && LIGHT.has(reaction)) await reaction(actor, line, now, async () => {})
    const told = lines.filter((line) => reactionsTo(line).includes(tell))
    if (told.length > 0) await tellAll(actor, told, now)
    return { lines, haveAttached }
  })
}

function reactionsTo(line: JournalLine): Reaction[] {
  return REACTIONS[line.event as Reacting] ?? []
}

/**
 * For a worker with many jobs: what is light of those that come while it works is one transaction, the next. Each job fails alone. A
 * transaction, a reading of who is there and a row of the inbox cost as much for sixteen lines as for one.
 */
export function lightTogether(actor: MachineActor, clock: () => Date): typeof runLight {
  type Job = { lineIds: number[]; done: Lines }
  const run = gather<Job>(async (jobs) => {
    const all = jobs.flatMap(({ lineIds }) => lineIds)
    const { lines, haveAttached } = await runLight(actor, all, clock())
    for (const job of jobs)
      job.done = { lines: lines.filter(({ id }) => job.lineIds.includes(id)), haveAttached }
  })
  return async (_actor, lineIds) => {
    const job: Job = { lineIds, done: { lines: [], haveAttached: new Set() } }
    await run(job)
    return job.done
  }
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
