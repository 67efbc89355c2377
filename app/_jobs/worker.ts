import { flushCompileCache } from 'node:module'
import { Logger, type TaskList } from 'graphile-worker'
import { machine } from '#app/_auth/actor.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { sentenceOf } from '#app/_log/cause.ts'
import { takeOverConsole } from '#app/_log/console.ts'
import { log } from '#app/_log/log.ts'
import { keepTraces, traced } from '#app/_log/traces.ts'
import { closeLinks } from '#app/notifications/channels/links.ts'
import { notePassphraseAsked, type PassphraseAsked } from '#app/sign-in/commands/ask-passphrase.ts'
import { closeClients } from '#db/client.ts'
import { endWhenUnexplained } from '#db/unexplained.ts'
import { CLOCKS, type Clock, type ClockName } from './clocks.ts'
import { keepBeating } from './pulse.ts'
import { keepQueue, type QueueOptions } from './queue.ts'
import { lightTogether, react } from './reactions.ts'
import { type Supervised, supervise } from './supervise.ts'

const connectionString = process.env.PERMANENCE_WORKER_URL
if (!connectionString)
  throw new Error('PERMANENCE_WORKER_URL is not set: start with npm start or npm run worker')

endWhenUnexplained((error) => log.fatal({ error }, 'unexplained: this process ends'))
takeOverConsole()
await keepTraces('worker')

const turning = Object.fromEntries(
  Object.entries(CLOCKS).map(([name, clock]: [string, Clock]) => [name, supervise(name, clock)]),
) as Record<ClockName, Supervised>
const beating = keepBeating(CLOCKS)

const readSoon = async () => turning.facts.wake()
const reactions = machine('reactions')
const light = lightTogether(reactions, clockNow)
const tasks: TaskList = {
  correlate: readSoon,
  // An organisation under a new name: its past cases, so many at a time.
  async spell_again(payload, { query }) {
    const { organisation, below } = payload as { organisation: number; below: number }
    await query('select app.spell_again($1, $2)', [organisation, below])
  },
  async passphrase_asked(payload) {
    await notePassphraseAsked(payload as PassphraseAsked)
  },
  async react(payload) {
    const { lines } = payload as { lines: number[] }
    await react(reactions, lines, clockNow(), readSoon, light)
  },
}

const options: QueueOptions = {
  // Most of them wait to be one of a transaction.
  concurrency: 16,
  maxPoolSize: 5,
  pollInterval: 2000,
  noHandleSignals: true,
  taskList: saidPlainly(tasks),
  logger: new Logger(() => (level, message) => {
    if (level === 'error') log.error(message)
    if (level === 'warning') log.warn(message)
  }),
}
const queue = keepQueue(connectionString, options, (error) => log.error({ error }, 'the queue of jobs'))
process.send?.('serves', () => {})
// Node keeps what it compiled at an orderly end only; one that is killed is to come back as fast.
flushCompileCache()

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)

async function stop(): Promise<void> {
  beating.stop()
  await Promise.all([queue.stop(), ...Object.values(turning).map((clock) => clock.stop())])
  await closeLinks()
  await closeClients()
  process.exit(0)
}

/** What a job died of is kept in its row, shown at /operations and said in the log: its cause, never what it carried. */
function saidPlainly(list: TaskList): TaskList {
  return Object.fromEntries(
    Object.entries(list).map(([name, task]) => [
      name,
      async (payload, helpers) => {
        try {
          return await traced(`job ${name}`, async () => task?.(payload, helpers))
        } catch (error) {
          log.error({ task: name, job: helpers.job.id, error }, 'job failed')
          throw new Error(sentenceOf(error))
        }
      },
    ]),
  )
}
