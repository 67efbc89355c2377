import { type MachineActor, machine } from '#app/_auth/actor.ts'
import { forgetKept } from '#app/_doors/forget-kept.ts'
import { checkpointPath } from '#app/_evidence/checkpoints.ts'
import { takeCheckpoint } from '#app/_evidence/take.ts'
import { tellWitnesses } from '#app/_evidence/witness.ts'
import { proveJournal } from '#app/_journal/proof.ts'
import { advanceBroadcasts } from '#app/broadcasts/commands/advance.ts'
import { endLostCalls } from '#app/calls/commands/hear.ts'
import { missSome } from '#app/cases/commands/miss-deadlines.ts'
import { advanceCrisis } from '#app/crisis/commands/advance.ts'
import { askForCalls } from '#app/crisis/commands/notice-answers.ts'
import { keepPlaying } from '#app/drills/commands/keep-playing.ts'
import { remindOfEnds } from '#app/fallbacks/commands/clock.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import { hearProbes } from '#app/incidents/commands/hear-probes.ts'
import { learnBaseline } from '#app/incidents/commands/learn.ts'
import { turnInstructions } from '#app/instructions/commands/clock.ts'
import { tellOverdue } from '#app/lessons/commands/tell-overdue.ts'
import { missPromises } from '#app/migration/commands/miss-promises.ts'
import { listen } from '#app/notifications/channels/links.ts'
import { hearing } from '#app/notifications/commands/heard.ts'
import { readLetters } from '#app/notifications/commands/read-letters.ts'
import { lanesEnded, sendInLanes } from '#app/notifications/commands/send.ts'
import { testWays } from '#app/notifications/commands/test-ways.ts'
import { forgetOld } from '#app/operations/commands/forget.ts'
import { remindOfStatements } from '#app/statements/commands/clock.ts'
import { publishStatus } from '#app/status/commands/publish.ts'
import { writeMonths } from '#app/supervision/commands/write-months.ts'
import { deliverInLanes, listenersTold } from '#app/tmf-api/commands/deliver.ts'
import { together } from '#db/transaction.ts'
import { takeUpLeftBehind } from './left-behind.ts'
import { asWorker } from './own-role.ts'

export type Turn = {
  actor: MachineActor
  now: Date
  /** For a turn that goes on while time passes. */
  clock: () => Date
  /** Told when its time is over. */
  signal: AbortSignal
}

/** What a turn may say of itself. `more`: turn again at once. `failed`: the rest was done, this was not. */
export type Turned = { more?: boolean; failed?: unknown }

export type Clock = {
  /** Seconds between two turns. */
  every: number
  /** Or once a day, at this hour of UTC. */
  at?: { hour: number; minute: number }
  /** Seconds a turn may take: then it is ended, whatever it waits for. */
  limit: number
  /** Without success for so many times its period it is late, and health, the cell and /operations say so. */
  late: number
  /** The name it signs the journal with. */
  as?: string
  /** Two may turn it at once: it commits in between and takes its own locks, row by row or exercise by exercise. */
  own?: true
  /** Turned on a drill's own clock too. */
  drills?: true
  /** What goes on when its turn is over: an orderly stop waits for it. */
  goesOn?: () => Promise<unknown>
  /** One turn reads columns and `now` alone: run late it does what is due, run twice it does it once. */
  turn(turn: Turn): Promise<unknown>
}

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400]

/**
 * Everything that happens because time passes and nobody acts. Each turns in its own loop of the worker, on its own
 * connections and with its own lock (supervise.ts); a drill turns those marked at every minute of its own, in this order.
 */
export const CLOCKS = {
  // The crisis first: nothing may make it wait.
  crisis: {
    every: 1,
    limit: 10,
    late: 20,
    drills: true,
    turn: ({ actor, now }) => advanceCrisis(actor, now),
  },
  // An overdue case turns within a second or two of its hour.
  deadlines: { every: 1, limit: 10, late: 20, drills: true, turn: ({ actor, now }) => missSome(actor, now) },
  notices: {
    every: 1,
    limit: 10,
    late: 20,
    drills: true,
    turn: ({ actor, now }) => askForCalls(actor, now),
  },
  instructions: {
    every: 5,
    limit: 10,
    late: 12,
    drills: true,
    turn: async ({ actor, now }) => {
      await turnInstructions(actor, now)
      await remindOfEnds(actor, now)
      await remindOfStatements(actor, now)
    },
  },
  broadcasts: {
    every: 1,
    limit: 10,
    late: 20,
    as: 'broadcasts',
    drills: true,
    turn: ({ actor, now }) => advanceBroadcasts(actor, now),
  },
  // Written at each change, and now and then: what was shown for its time leaves the files, and they say of which hour they are.
  public_page: {
    every: 5 * MINUTE,
    limit: 10,
    late: 4,
    turn: ({ actor, now }) => publishStatus(actor, null, now),
  },
  // A switchboard that never tells the end of a call.
  calls: {
    every: 5,
    limit: 10,
    late: 12,
    as: 'telephony',
    turn: ({ actor, now }) => endLostCalls(actor, now),
  },
  // Promises of days, and of four hours while a site is cut over.
  moves: { every: MINUTE, limit: 10, late: 10, turn: ({ actor, now }) => missPromises(actor, now) },
  lessons: { every: HOUR, limit: 10, late: 4, turn: ({ actor, now }) => tellOverdue(actor, now) },
  // Also woken by what is reported. Nobody may have asked: a worker that asked for a reading and died is not there to do it.
  facts: {
    every: 30,
    limit: 20,
    late: 3,
    as: 'rules',
    turn: ({ actor, now }) => correlateNow(actor, now),
  },
  // What test calls say together, the bursts they ask for and what came of them.
  probes: { every: 2, limit: 20, late: 30, as: 'rules', turn: ({ actor, now }) => hearProbes(actor, now) },
  // It waits for networks: no transaction of ours stands around it.
  outbox: {
    every: 1,
    limit: MINUTE,
    late: 90,
    own: true,
    as: 'outbox',
    goesOn: lanesEnded,
    turn: ({ actor, clock }) => {
      listen(hearing(actor, clock))
      return sendInLanes(actor, clock)
    },
  },
  // The same, for machines that listen to tickets: whoever hangs waits alone.
  listeners: {
    every: 1,
    limit: MINUTE,
    late: 90,
    own: true,
    as: 'listeners',
    goesOn: listenersTold,
    turn: ({ actor, clock }) => deliverInLanes(actor, clock),
  },
  mailbox: {
    every: 20,
    limit: MINUTE,
    // Half an hour: a mailbox that is away is no reason to start anything again.
    late: 90,
    as: 'mail',
    // A letter is marked as read when it is written down for good, whatever happens to the next one.
    own: true,
    turn: ({ actor, now, signal }) => readLetters(actor, now, signal),
  },
  // Its morning lasts two hours: asked four times in each, it is done once.
  ways_test: {
    every: 15 * MINUTE,
    limit: MINUTE,
    late: 4,
    turn: ({ actor, now }) => testWays(actor, now),
  },
  exercises: {
    every: 1,
    limit: MINUTE,
    late: 120,
    own: true,
    as: 'drill',
    turn: ({ clock }) => keepPlaying(clock),
  },
  left_behind: { every: 20, limit: 10, late: 6, turn: ({ signal }) => asWorker(signal, takeUpLeftBehind) },
  forgetting: { every: MINUTE, limit: 20, late: 10, turn: ({ now }) => forgetKept(now) },
  // What is usual here, from the year that ended: it learns once a day and looks for it every hour.
  learning: {
    every: HOUR,
    limit: 5 * MINUTE,
    late: 26,
    as: 'rules',
    turn: ({ actor, now }) => learnBaseline(actor, now),
  },
  // A change is sealed within the minute. The first checkpoint of a long journal takes its time.
  checkpoint: {
    every: 30,
    limit: 5 * MINUTE,
    late: 10,
    turn: ({ actor, now }) => takeCheckpoint(actor, now),
  },
  // It waits for networks. Nothing of ours stands around it, and two that tell the same are heard once.
  witness: {
    every: MINUTE,
    limit: MINUTE,
    // Half an hour: a second address that is away is no reason to start anything again.
    late: 30,
    own: true,
    turn: ({ actor, now, signal }) => tellWitnesses(actor, now, signal),
  },
  proof: {
    every: DAY,
    // The quietest hour of the calls.
    at: { hour: 3, minute: 17 },
    limit: 2 * HOUR,
    // Two nights missed are no accident.
    late: 2.1,
    turn: ({ actor, signal, now }) =>
      asWorker(signal, (reader) => proveJournal(reader, actor, now, checkpointPath())),
  },
  statistics: {
    every: DAY,
    at: { hour: 2, minute: 27 },
    limit: MINUTE,
    late: 2.1,
    turn: ({ actor, now }) => writeMonths(actor, now),
  },
  retention: {
    every: DAY,
    at: { hour: 3, minute: 47 },
    limit: 5 * MINUTE,
    late: 2.1,
    turn: ({ actor, now }) => forgetOld(actor, now),
  },
} satisfies Record<string, Clock>

export type ClockName = keyof typeof CLOCKS

export const CLOCK_NAMES = Object.keys(CLOCKS) as ClockName[]

/** Turns them on somebody else's time, one after the other until none has more to do: for a drill, where nobody else waits for their locks. */
export function turnClocks(actor: MachineActor, now: Date): Promise<void> {
  const { signal } = new AbortController()
  return together(actor, async () => {
    for (const clock of Object.values(CLOCKS) as Clock[]) {
      if (!clock.drills) continue
      for (let turned: Turned = { more: true }; turned.more; ) {
        turned = saidOf(await clock.turn({ actor, now, clock: () => now, signal }))
        if (turned.failed) throw turned.failed
      }
    }
  })
}

export function actorOf(clock: Clock): MachineActor {
  return machine(clock.as ?? 'clock')
}

export function saidOf(turned: unknown): Turned {
  return typeof turned === 'object' && turned !== null ? turned : {}
}
