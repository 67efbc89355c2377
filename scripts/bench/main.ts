import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { closeClients } from '#db/client.ts'
import type { World } from '../testing/own-service.ts'
import { memoryOf } from './cost.ts'
import { detectionCost } from './detection.ts'
import { evidenceCost } from './evidence.ts'
import { figuresOf, say, tell } from './figures.ts'
import { measureLive } from './live.ts'
import { measureMachines } from './machines.ts'
import { growth, measure, OPERATIONS, TICKETS } from './operations.ts'
import { rawReports } from './raw.ts'
import { measureSignIn } from './sign-in.ts'

// npm run bench [-- --cases 100000 --open 10000 --seconds 8 --out FILE --only evidence|sign-in|machines|an operation]: figures as JSON on the standard output.
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    cases: { type: 'string', default: '100000' },
    open: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '8' },
    out: { type: 'string' },
    only: { type: 'string' },
  },
})
const [cases, open, seconds] = [Number(values.cases), Number(values.open), Number(values.seconds)]
const CONNECTIONS = [1, 8, 32] as const

if (values.only === 'evidence') {
  tell({ evidence: await evidenceCost(cases, say) }, values.out)
  process.exit(0)
}

await figuresOf(values.out, asked)

async function asked(world: World): Promise<object> {
  if (values.only === 'sign-in') return { signIn: await measureSignIn(world, seconds, say) }
  const one = OPERATIONS.find((operation) => operation === values.only)
  if (values.only !== 'machines' && !one) return everything(world)
  await world.seed(cases, open)
  await drained(world)
  if (one) {
    const measured = await measure(world, CONNECTIONS, seconds, say, [one])
    const raw = one === 'report' && { raw: await rawReports(world, 1, seconds) }
    return { ...measured, jobs: await drained(world), ...raw }
  }
  return {
    tickets: await measure(world, CONNECTIONS, seconds, say, TICKETS),
    machines: await measureMachines(world, seconds, say),
  }
}

async function everything(world: World) {
  const share = 10
  say(`Seeding ${cases / share} cases`)
  await world.seed(cases / share, open / share)
  const small = await measure(world, [1], Math.min(seconds, 4), say)
  say(`Seeding up to ${cases} cases`)
  await world.seed(cases - cases / share, open - open / share)
  // Overdue cases of the history are told to people first: what is measured is the service, not its catching up.
  await drained(world)
  const large = await measure(world, CONNECTIONS, seconds, say)
  const memory = memoryOf(world.pid())
  const backlog = await drained(world)
  const live = await measureLive(world, say)
  const signIn = await measureSignIn(world, seconds, say)
  const machines = await measureMachines(world, seconds, say)
  const raw = await rawReports(world, 32, seconds)
  await closeClients()
  const [size] = await world.owner`
    select count(*)::int as cases, pg_size_pretty(pg_database_size(current_database())) as size from cases`
  await world.stop()
  const startSeconds = await world.start()
  const reports = large.report.find((one) => one.connections === 32)?.perSecond ?? 0
  return {
    machine: {
      cores: cpus().length,
      cpu: cpus()[0]?.model,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    database: { cases, open, casesAtEnd: size?.cases, size: size?.size },
    operations: large,
    growth: { from: cases / share, to: cases, p50: growth(small, large) },
    jobs: backlog,
    live,
    machines,
    signIn,
    detection: detectionCost(),
    raw: raw && { ...raw, ratio: Math.round((reports / raw.perSecond) * 100) / 100 },
    memoryMiB: memory,
    startSeconds: Math.round(startSeconds * 10) / 10,
  }
}

/** What the worker had still to do when the load ended, and how long it took. */
async function drained({ owner }: World) {
  const waiting = async () =>
    Number((await owner`select count(*) as n from graphile_worker._private_jobs where run_at <= now()`)[0]?.n)
  const [first, startedAt] = [await waiting(), performance.now()]
  say(`${first} jobs waiting after the load`)
  while ((await waiting()) > 0 && performance.now() - startedAt < 300_000)
    await new Promise((resolve) => setTimeout(resolve, 200))
  return {
    waitingAfterLoad: first,
    drainedInSeconds: Math.round((performance.now() - startedAt) / 100) / 10,
    left: await waiting(),
  }
}
