import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { closeClients } from '#db/client.ts'
import { build } from '../start/build.ts'
import { webProcesses } from '../start/launch.ts'
import { openOwnService } from '../testing/own-service.ts'
import { partOf } from '../testing/processes.ts'
import { startIntake } from './intake.ts'
import { prove } from './proof.ts'
import { type Span, silences } from './silence.ts'
import { DISK_FULL, STRIKES, type Strike } from './strikes.ts'

// npm run chaos [-- --minutes 5 --lanes 8 --seed N --json FILE]: a service of its own on this machine, struck at random while it
// takes reports; then what was kept is proved. Figures as JSON; ends with 1 when anything is wrong.
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    minutes: { type: 'string', default: '5' },
    lanes: { type: 'string', default: '8' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    json: { type: 'string' },
  },
})
const [minutes, lanes, seed] = [Number(values.minutes), Number(values.lanes), Number(values.seed)]
if (!(minutes > 0 && minutes <= 24 * 60) || !(lanes >= 1 && lanes <= 64) || !Number.isFinite(seed)) {
  console.error('Usage: npm run chaos -- --minutes N (up to 1440) --lanes N (up to 64) --seed N --json FILE')
  process.exit(1)
}
/** Longest silence that is borne while the database is there. */
const BORNE_MS = 5_000
/** Between two strikes the service has time to be well again, and is struck again while it recovers, now and then. */
const [LEAST_PAUSE_MS, MOST_PAUSE_MS] = [1_500, 9_000]
/** Of the disk that is filled: what a run needs, and little more. */
const DISK_MIB = 1_500

const say = (line: string) => console.error(line)
const chance = dice(seed)
const disk = mountDisk()
if (disk) process.env.TMPDIR = disk
try {
  await build(say)
  await run()
} finally {
  if (disk) unmountDisk(disk)
}
if (process.connected) process.disconnect()

async function run(): Promise<void> {
  const world = await openOwnService(say)
  try {
    const intake = startIntake([world.base], await world.senders(), lanes)
    await closeClients()
    const spans: Span[] = []
    const until = Date.now() + minutes * 60_000
    const all: Strike[] = disk ? [...STRIKES, DISK_FULL] : STRIKES
    say(`Striking for ${minutes} minutes, seed ${seed}${disk ? '' : ', the disk spared'}`)
    for (let n = 0; Date.now() < until; n++) {
      await wait(LEAST_PAUSE_MS + (MOST_PAUSE_MS - LEAST_PAUSE_MS) * chance())
      // Each once, then by chance.
      const strike = (n < all.length ? all[n] : all[Math.floor(chance() * all.length)]) as Strike
      const from = Date.now()
      await strike.strike(world, chance).catch((error: Error) => say(`${strike.name}: ${error.message}`))
      spans.push({ name: strike.name, stops: strike.stops, from, to: Date.now() })
      say(`${new Date().toISOString()} ${strike.name}; ${intake.accepted.size} accepted`)
    }
    await wait(MOST_PAUSE_MS)
    await intake.end()
    const proof = await prove(world, intake.accepted, () => missing(world.pid()))
    const silence = silences(
      [...intake.accepted.values()].map(({ at }) => at),
      spans,
    )
    const tooLong = (silence.longest?.ms ?? 0) > BORNE_MS ? ['a silence was too long'] : []
    const odd = intake.odd.size > 0 ? ['an answer was neither a number nor "later" in words'] : []
    const wrong = [...proof.wrong, ...tooLong, ...odd]
    const figures = {
      at: new Date().toISOString(),
      ...{ minutes, seed, lanes },
      strikes: Object.fromEntries(
        [...Map.groupBy(spans, ({ name }) => name)].map(([name, some]) => [name, some.length]),
      ),
      ...proof,
      answers: Object.fromEntries(intake.statuses),
      oddAnswers: [...intake.odd].slice(0, 20),
      silence,
      wrong,
    }
    const text = `${JSON.stringify(figures, null, 2)}\n`
    if (values.json) writeFileSync(values.json, text)
    process.stdout.write(text)
    process.exitCode = wrong.length > 0 ? 1 : 0
  } finally {
    await world.close()
  }
}

/** Fewer or more processes than a service has. */
function missing(pid: number): string[] {
  const wanted = { web: webProcesses(), worker: 1 }
  const counts = (['web', 'worker'] as const).map((part) => ({ part, found: partOf(pid, part).length }))
  const wrong = counts.filter(({ part, found }) => found !== wanted[part])
  const database = partOf(pid, 'postgres').length === 0 ? ['postgres: none'] : []
  return [...wrong.map(({ part, found }) => `${part}: ${found} of ${wanted[part]}`), ...database]
}

/** The same seed, the same strikes. */
function dice(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

// In memory, small, and nobody else's: only root may make one.
function mountDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const directory = mkdtempSync(join(tmpdir(), 'permanence-chaos-'))
  const options = ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=1777`, 'tmpfs', directory]
  if (spawnSync('mount', options).status === 0) return directory
  rmSync(directory, { recursive: true })
  return null
}

function unmountDisk(directory: string): void {
  spawnSync('umount', ['-l', directory])
  rmSync(directory, { recursive: true, force: true })
}
