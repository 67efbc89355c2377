import { sql } from 'drizzle-orm'
import { Logger, type RunnerOptions, type TaskList } from 'graphile-worker'
import postgres from 'postgres'
import { machine } from '#app/_auth/actor.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { forgetKept } from '#app/_doors/forget-kept.ts'
import { proveJournal } from '#app/_journal/proof.ts'
import { sentence } from '#app/_journal/verify.ts'
import { keepPlaying } from '#app/drills/commands/keep-playing.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import { sendDue } from '#app/notifications/commands/send.ts'
import { closeClients } from '#db/client.ts'
import { asActor } from '#db/transaction.ts'
import { endWhenUnexplained } from '#db/unexplained.ts'
import { turnClocks } from './clocks.ts'
import { keepQueue } from './queue.ts'
import { react } from './reactions.ts'

/** Seconds between two looks at the deadlines: an overdue case turns within a second or two of its hour. */
const SWEEP_S = 1
const HEARTBEAT_S = 5
const PLAY_S = 1
const SEND_S = 1
const FORGET_S = 60

/** Every night at 03:17 UTC, the quietest hour of the calls. */
const PROOF_AT = '17 3 * * * prove_journal'

const clock = machine('clock')

const connectionString = process.env.PERMANENCE_OWNER_URL
if (!connectionString)
  throw new Error('PERMANENCE_OWNER_URL is not set: start with npm start or npm run worker')

let reading = false
let again = false

/** In a flood one reading serves many reports; the first of them is read at once. */
const BETWEEN_READINGS_MS = 250
/** After a long one, a rest of so many times as long: in the worst flood rules take a quarter of a core. */
const REST = 3
/** Nobody may have asked: a worker that asked for a reading and died is not there to do it. */
const READ_S = 30

/** One reading of all the facts at a time: what asks for one meanwhile is answered by the next. */
async function readAllFacts(): Promise<void> {
  again = true
  if (reading) return
  reading = true
  while (again) {
    again = false
    const began = performance.now()
    await correlateNow(machine('rules'), clockNow()).catch((error) => {
      say(error)
      again = true
    })
    const rest = Math.max(BETWEEN_READINGS_MS, REST * (performance.now() - began))
    await new Promise((rested) => setTimeout(rested, rest))
  }
  reading = false
}

/** Jobs of a worker that was killed would stay its own for hours. Ours last moments, and doing one twice does no harm. */
const LEFT_BEHIND_S = 60
const LOOK_FOR_THEM_S = 20

async function takeUpLeftBehind(): Promise<void> {
  await owner`select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker._private_jobs
    where locked_at < now() - make_interval(secs => ${LEFT_BEHIND_S}) having count(*) > 0`
}

const owner = postgres(connectionString, { max: 1, idle_timeout: 5, onnotice: () => {} })
const tasks: TaskList = {
  correlate: async () => void readAllFacts(),
  async react(payload) {
    const { lines } = payload as { lines: number[] }
    await react(machine('reactions'), lines, clockNow(), async () => void readAllFacts())
  },
  async prove_journal() {
    const prover = postgres(connectionString, { max: 1, onnotice: () => {} })
    try {
      const verified = await proveJournal(prover, clockNow())
      if (verified.broken) process.stderr.write(`worker: ${sentence(verified)}\n`)
    } finally {
      await prover.end({ timeout: 5 })
    }
  },
}

const options: Omit<RunnerOptions, 'connectionString'> = {
  concurrency: 4,
  maxPoolSize: 5,
  pollInterval: 2000,
  noHandleSignals: true,
  // In a flood jobs are fetched and ended several at a time: one by one, that cost the database as much as the jobs.
  preset: { worker: { localQueue: { size: 8 }, completeJobBatchDelay: 20 } },
  taskList: tasks,
  crontab: PROOF_AT,
  logger: new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') process.stderr.write(`worker: ${message}\n`)
  }),
}
const queue = keepQueue(connectionString, options, (error) => say(error as Error))
endWhenUnexplained((error) => say(error as Error))

const sweeping = every(SWEEP_S, () => turnClocks(clock, clockNow()))
// A loop of its own: an exercise never makes the real clocks wait.
const playing = every(PLAY_S, () => keepPlaying(clockNow))
// Another again: it waits for networks.
const sending = every(SEND_S, () => sendDue(machine('outbox'), clockNow()))
const takingUp = every(LOOK_FOR_THEM_S, takeUpLeftBehind)
const forgetting = every(FORGET_S, () => forgetKept(clockNow()))
const lookingAgain = every(READ_S, readAllFacts)
const beating = every(HEARTBEAT_S, () =>
  asActor(clock, (tx) =>
    tx.execute(sql`insert into worker_heartbeat (name, at) values (${`worker ${process.pid}`}, now())
      on conflict (name) do update set at = excluded.at`),
  ),
)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)

async function stop(): Promise<void> {
  sweeping.stop()
  playing.stop()
  sending.stop()
  beating.stop()
  takingUp.stop()
  forgetting.stop()
  lookingAgain.stop()
  await queue.stop()
  await owner.end({ timeout: 5 })
  await closeClients()
  process.exit(0)
}

function say(error: Error): void {
  process.stderr.write(`worker: ${error.message.split('\n')[0]}\n`)
}

/** Runs `work` again and again, `seconds` after it last ended; a failure is said and tried again, it never ends the loop. */
function every(seconds: number, work: () => Promise<unknown>): { stop: () => void } {
  let stopped = false
  const loop = async () => {
    while (!stopped) {
      await work().catch(say)
      await new Promise((done) => setTimeout(done, seconds * 1000))
    }
  }
  void loop()
  return {
    stop: () => {
      stopped = true
    },
  }
}
