import { inArray, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import type { EVENTS, EventName } from '#app/_journal/events.ts'
import { linkReported } from '#app/calls/commands/link.ts'
import { ofMains, passOnToAttached, passToMain } from '#app/cases/commands/pass-on.ts'
import { advanceCrisis } from '#app/crisis/commands/advance.ts'
import { setExercisesAside } from '#app/exercises/commands/set-aside.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import { acknowledgeCall } from '#app/notifications/commands/acknowledge-call.ts'
import { gather } from '#app/notifications/commands/gather.ts'
import { type JournalLine, tell } from '#app/notifications/commands/tell.ts'
import { ringAuthority, tellPosts } from '#app/notifications/commands/tell-posts.ts'
import { publishStatus } from '#app/status/commands/publish.ts'
import { tellListeners } from '#app/tmf-api/commands/tell-listeners.ts'
import { journal } from '#db/schema/journal.ts'
import { asActor, together } from '#db/transaction.ts'

type Follows<Of> = (actor: MachineActor, of: Of, now: Date, readSoon: ReadSoon) => Promise<unknown>
/** Has all the facts of the real world read, after what is committed by now. */
export type ReadSoon = () => Promise<void>

/** What follows from lines of the journal. Run again, it does no harm. */
type Reaction = {
  /** Short, and locking nothing that another job may hold: of many jobs it is one transaction. Which lines it leaves to `alone`. */
  light: (actor: MachineActor, lines: JournalLine[], now: Date) => Promise<JournalLine[]>
  alone: Follows<JournalLine[]>
}

function light(run: Follows<JournalLine>): Reaction {
  return lightOfAll((actor, lines, now) => each(run)(actor, lines, now, async () => {}))
}

function lightOfAll(
  run: (actor: MachineActor, lines: JournalLine[], now: Date) => Promise<unknown>,
): Reaction {
  return { light: (...asked) => run(...asked).then(() => []), alone: async () => {} }
}

/** Of the lines that `concerns` leaves, which is light. */
function alone(
  run: Follows<JournalLine[]>,
  concerns: Reaction['light'] = async (_, lines) => lines,
): Reaction {
  return { light: concerns, alone: run }
}

function each(run: Follows<JournalLine>): Follows<JournalLine[]> {
  return async (actor, lines, now, readSoon) => {
    for (const line of lines) await run(actor, line, now, readSoon)
  }
}

const setAside = light(setExercisesAside)
export const told = lightOfAll(tell)
const postsTold = light(tellPosts)
const authorityRung = light(ringAuthority)
const callAcknowledged = light(acknowledgeCall)
const callLinked = light(linkReported)
const listenersTold = light(tellListeners)
const passedOn = alone(each(passOnToAttached), ofMains)
const passedToMain = alone(each(passToMain))
const factsRead = alone(readTheFacts)
const clockTurned = alone((actor, _, now) => advanceCrisis(actor, now))
const published = alone(publishStatus)

type Reacting = { [E in EventName]: (typeof EVENTS)[E]['reacts'] extends true ? E : never }[EventName]

/** Everything that follows from an event, said once. An event marked `reacts` without a row here breaks the build. */
export const REACTIONS: Record<Reacting, Reaction[]> = {
  'case.reported': [setAside, factsRead, told, callLinked, listenersTold],
  'case.acknowledged': [told, listenersTold],
  'case.taken_over': [told, listenersTold],
  'case.assigned': [told, listenersTold],
  'case.level_changed': [told, passedOn, listenersTold],
  'case.tested': [factsRead, told, passedOn, passedToMain, listenersTold],
  'case.workaround': [told, passedOn, listenersTold],
  'case.updated': [told, passedOn, listenersTold],
  'case.completed': [factsRead, told, passedToMain, listenersTold],
  'case.answered': [factsRead, told, passedToMain, listenersTold],
  'case.neighbour_observed': [factsRead, told, passedToMain, listenersTold],
  'account.passphrase_forgotten': [told],
  'account.data_rectified': [told],
  'account.passkey_suspended': [told],
  'case.callback_changed': [told, listenersTold],
  'case.file_attached': [told, passedToMain, listenersTold],
  'case.observed': [factsRead, told, passedToMain, listenersTold],
  'case.mail_received': [told, listenersTold],
  'case.sms_received': [told, listenersTold],
  'incident.mail_received': [told],
  'incident.sms_received': [told],
  'cell.sms_received': [told],
  'cell.mail_put_aside': [told],
  'cell.unreached': [told],
  'case.waiting_reporter': [told, passedOn, listenersTold],
  'case.attached_duplicate': [factsRead, told, listenersTold],
  'case.detached_duplicate': [factsRead, told, listenersTold],
  'case.main_moved': [told, listenersTold],
  'case.restored': [told, passedOn, listenersTold],
  'case.confirmed': [factsRead, told, passedOn, passedToMain, listenersTold],
  'case.still_failing': [factsRead, told, passedOn, passedToMain, listenersTold],
  'case.closed': [told, passedOn, listenersTold],
  'case.reopened': [told, passedOn, listenersTold],
  'case.out_of_scope': [told, passedOn, listenersTold],
  'case.verified': [factsRead, told, listenersTold],
  'case.ack_missed': [told, listenersTold],
  'case.check_missed': [told, listenersTold],
  'case.promise_missed': [told, listenersTold],
  'case.escalated': [told, listenersTold],
  'case.residual': [told, passedOn, listenersTold],
  'incident.state_changed': [told],
  'proposal.made': [told, clockTurned],
  'proposal.accepted': [clockTurned],
  'proposal.declined': [told, clockTurned],
  'proposal.reopened': [told, clockTurned],
  'proposal.watched': [told, clockTurned],
  'proposal.lapsed': [clockTurned],
  'proposal.sure': [clockTurned],
  'crisis.called': [told],
  'crisis.answered': [callAcknowledged],
  'crisis.cannot': [clockTurned],
  'crisis.activated': [told],
  'crisis.declined': [told],
  'cell.state_changed': [told],
  'roster.shift_added': [told],
  'roster.shift_cancelled': [told],
  'roster.shift_swapped': [told],
  'notice.issued': [told, postsTold],
  'notice.rung': [authorityRung],
  'notice.call_due': [told],
  'instruction.asked': [told],
  'instruction.answered': [told],
  'instruction.call_due': [told],
  'instruction.in_force': [told, published],
  'instruction.ending': [told],
  'instruction.ended': [told, published],
  'instruction.withdrawn': [told],
  'broadcast.prepared': [told],
  'broadcast.started': [told],
  'broadcast.stopped': [told],
  'broadcast.done': [told],
  'fallback.failed': [told],
  'fallback.opened': [told],
  'fallback.ending': [told],
  'fallback.closed': [told],
  'statement.drafted': [told],
  'statement.approved': [told, published],
  'statement.withdrawn': [published],
  'statement.overdue': [told, published],
  'public.opened': [told, published],
  'public.agreed': [told, published],
  'public.closed': [told, published],
  'call.missed': [told],
  'migration.promise_missed': [told],
  'lesson.overdue': [told],
}

/**
 * Runs what follows from these lines, each reaction for all of them in their order. A job that died half way is simply tried
 * again. The worker calls it with the wall clock, a drill with its own. `light` runs what may be one transaction.
 */
export async function react(
  actor: MachineActor,
  lineIds: number[],
  now: Date,
  readSoon: ReadSoon = () => queueReading(actor),
  light = runLight,
): Promise<void> {
  if (lineIds.length === 0) return
  const left = await light(actor, lineIds, now)
  for (const { reaction, lines } of left) await reaction.alone(actor, lines, now, readSoon)
}

/** Of which lines a reaction is still to be run alone. */
type Left = { reaction: Reaction; lines: JournalLine[] }[]

/** What is light of all these lines, in one transaction. */
function runLight(actor: MachineActor, lineIds: number[], now: Date): Promise<Left> {
  return together(actor, async () => {
    const lines = await asActor(actor, (tx) =>
      tx.select().from(journal).where(inArray(journal.id, lineIds)).orderBy(journal.id),
    )
    const left: Left = []
    for (const reaction of new Set(lines.flatMap(reactionsTo))) {
      const its = lines.filter((line) => reactionsTo(line).includes(reaction))
      left.push({ reaction, lines: await reaction.light(actor, its, now) })
    }
    return some(left, () => true)
  })
}

function some(left: Left, wanted: (line: JournalLine) => boolean): Left {
  return left
    .map(({ reaction, lines }) => ({ reaction, lines: lines.filter(wanted) }))
    .filter(({ lines }) => lines.length > 0)
}

function reactionsTo(line: JournalLine): Reaction[] {
  return REACTIONS[line.event as Reacting] ?? []
}

/**
 * For a worker with many jobs: what is light of those that come while it works is one transaction, the next. Each job fails alone. A
 * transaction, a reading of who is there and a row of the inbox cost as much for sixteen lines as for one.
 */
export function lightTogether(actor: MachineActor, clock: () => Date): typeof runLight {
  type Job = { lineIds: number[]; left: Left }
  const run = gather<Job>(async (jobs) => {
    const all = jobs.flatMap(({ lineIds }) => lineIds)
    const left = await runLight(actor, all, clock())
    for (const job of jobs) job.left = some(left, ({ id }) => job.lineIds.includes(id))
  })
  return async (_actor, lineIds) => {
    const job: Job = { lineIds, left: [] }
    await run(job)
    return job.left
  }
}

/**
 * The trigger rules read all that is known, so many reports need one reading: in the real world the worker's own, which
 * many ask for at once; in a drill at once, on its own clock.
 */
async function readTheFacts(
  actor: MachineActor,
  _: JournalLine[],
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
