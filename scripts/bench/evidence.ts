import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { machine } from '#app/_auth/actor.ts'
import { seedHistory } from '#app/_demo/bulk.ts'
import { seedWorld } from '#app/_demo/demo.ts'
import { checkpointPath } from '#app/_evidence/checkpoints.ts'
import { takeCheckpoint } from '#app/_evidence/take.ts'
import { append } from '#app/_journal/append.ts'
import { closeClients } from '#db/client.ts'
import { databaseEnvironment, EMBEDDED_DATABASE, embeddedUrl, readConfig } from '#db/config.ts'
import { startEmbedded } from '#db/embedded.ts'
import { makeDatabase, migrate } from '#db/migrate.ts'
import { asActor } from '#db/transaction.ts'
import { familyOf } from '../testing/processes.ts'
import { percentiles, round } from './load.ts'

const CLOCK = machine('clock')
/** What a checkpoint is asked to cost, at how many heads. */
const HEADS = 5_000
/** Proved at these shares of all cases, so that what grows with them is seen. */
const SHARES = [0.2, 0.5, 1]
/** A heap that does not grow holds in so little. */
const SMALL_HEAP_MIB = 48

/** What it costs to sign where the journal stands, and to prove all of it, on a PostgreSQL of its own. */
export async function evidenceCost(cases: number, say: (line: string) => void) {
  const dataDir = mkdtempSync(join(tmpdir(), 'permanence-evidence-'))
  const server = await startEmbedded(dataDir)
  const config = readConfig({ PERMANENCE_DATA_DIR: dataDir })
  await makeDatabase(embeddedUrl(dataDir, 'postgres'), EMBEDDED_DATABASE)
  await migrate(embeddedUrl(dataDir, EMBEDDED_DATABASE), config.secret)
  Object.assign(process.env, databaseEnvironment(config), { PERMANENCE_DATA_DIR: dataDir })
  const owner = postgres(process.env.PERMANENCE_OWNER_URL as string, { max: 2, onnotice: () => {} })
  try {
    const now = new Date()
    await seedWorld(owner, now, false)
    const seeded = (n: number) => seedHistory(owner, n, Math.round(n / 10), now, () => {})
    say(`Seeding ${HEADS} cases`)
    await seeded(HEADS)
    const few = await checkpoints(owner)
    const signed = [few]
    const proved = []
    let there = HEADS
    for (const share of SHARES) {
      const upto = Math.max(there, Math.round(cases * share))
      say(`Seeding ${upto} cases`)
      if (upto > there) await seeded(upto - there)
      there = upto
      await owner`analyze`
      signed.push(await checkpoints(owner))
      say('Proving the journal')
      const [size] = await owner<{ lines: number }[]>`select count(*)::int as lines from journal`
      for (const heapMiB of [null, SMALL_HEAP_MIB]) {
        const one = { cases: upto, lines: size?.lines, heapMiB, ...(await proof(server.pid, heapMiB)) }
        say(JSON.stringify(one))
        proved.push(one)
      }
    }
    return { checkpoints: signed, verify: proved }
  } finally {
    await closeClients()
    await owner.end({ timeout: 5 })
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The first one, which covers all there is, then those of one more line each. */
async function checkpoints(owner: postgres.Sql) {
  // History is seeded with hours of long ago: to what was signed before it came, each of its lines is one put in later.
  rmSync(checkpointPath(), { force: true })
  const firstMs = await taken()
  const each: number[] = []
  for (let i = 0; i < 21; i++) {
    await asActor(CLOCK, (tx) =>
      append(tx, CLOCK, {
        chain: 'cell',
        event: 'setting.changed',
        visibility: 'internal',
        at: new Date(),
      }),
    )
    each.push(await taken())
  }
  const [medianMs, p95Ms] = percentiles(each, [50, 95])
  const [heads] = await owner<{ n: number }[]>`select count(*)::int as n from journal_head`
  const fileMiB = Math.round(statSync(checkpointPath()).size / 2 ** 20)
  return { heads: heads?.n, firstMs, medianMs, p95Ms, fileMiB }
}

async function taken(): Promise<number> {
  const from = performance.now()
  await takeCheckpoint(CLOCK, new Date())
  return round(performance.now() - from)
}

/** As npm run journal:verify does it, in a process of its own: how long, what processors did for it, what it says, and the most memory it had. */
async function proof(database: number, heapMiB: number | null) {
  const spent = processorTime(database)
  const from = performance.now()
  const bounded = heapMiB === null ? [] : [`--max-old-space-size=${heapMiB}`]
  const child = spawn(process.execPath, [...bounded, 'app/_journal/verify-cli.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let [said, mostKiB] = ['', 0]
  child.stdout.on('data', (part) => {
    said += part
  })
  const look = () => {
    mostKiB = Math.max(mostKiB, highest(child.pid as number))
    spent.look(child.pid as number)
  }
  const watch = setInterval(look, 200)
  const code = await new Promise((ended) => child.once('close', ended))
  clearInterval(watch)
  return {
    seconds: round((performance.now() - from) / 1000),
    processorSeconds: spent.seconds(),
    mostMiB: Math.round(mostKiB / 1024),
    code,
    said: said.trim(),
  }
}

/** Of the database from here on, and of a process from its beginning: on a machine that others keep busy, what is compared. */
function processorTime(database: number) {
  const before = new Map(familyOf(database).map(({ pid, cpuMs }) => [pid, cpuMs]))
  const last = new Map(before)
  return {
    look: (process: number) => {
      for (const { pid, cpuMs } of [...familyOf(database), ...familyOf(process)]) last.set(pid, cpuMs)
    },
    seconds: () =>
      round([...last].reduce((sum, [pid, cpuMs]) => sum + cpuMs - (before.get(pid) ?? 0), 0) / 1000),
  }
}

function highest(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
