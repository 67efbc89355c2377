import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openConnection } from '#db/connection.ts'
import type { World } from '../testing/own-service.ts'
import { partOf, type RunningPart } from '../testing/processes.ts'

export type Strike = {
  name: string
  /** Nothing can be accepted while it lasts: a silence then is the database's, not ours. */
  stops: boolean
  strike: (world: World, chance: () => number) => Promise<void>
}

export const STRIKES: Strike[] = [
  {
    name: 'one web process killed',
    stops: false,
    strike: async (world, chance) => killOne(world, 'web', chance),
  },
  {
    name: 'the worker killed',
    stops: false,
    strike: async (world, chance) => killOne(world, 'worker', chance),
  },
  { name: 'every connection cut, again and again', stops: false, strike: cutConnections },
  { name: 'every web process killed', stops: false, strike: async (world) => killAll(world, 'web') },
  { name: 'PostgreSQL killed', stops: true, strike: async (world) => killPostgres(world) },
  { name: 'PostgreSQL frozen', stops: true, strike: freezePostgres },
  { name: 'connections cut, then PostgreSQL killed', stops: true, strike: cutAndKill },
  { name: 'the table of cases locked', stops: true, strike: lockCases },
]

/** Where the data lives on a disk of its own that may be filled. */
export const DISK_FULL: Strike = { name: 'the disk full', stops: true, strike: fillDisk }

function killOne(world: World, part: RunningPart, chance: () => number): void {
  const running = partOf(world.pid(), part)
  const struck = running[Math.floor(chance() * running.length)]
  if (struck) kill(struck.pid, 'SIGKILL')
}

function killAll(world: World, part: RunningPart): void {
  for (const { pid } of partOf(world.pid(), part)) kill(pid, 'SIGKILL')
}

// The first of its processes takes the others with it.
function killPostgres(world: World): void {
  const pids = partOf(world.pid(), 'postgres').map(({ pid }) => pid)
  if (pids.length > 0) kill(Math.min(...pids), 'SIGKILL')
}

/** Alive and silent, as a machine that hangs: nothing is refused, nothing is answered. */
async function freezePostgres(world: World, chance: () => number): Promise<void> {
  const pids = partOf(world.pid(), 'postgres').map(({ pid }) => pid)
  for (const pid of pids) kill(pid, 'SIGSTOP')
  await wait(2_000 + 8_000 * chance())
  for (const pid of pids) kill(pid, 'SIGCONT')
}

const CUTS = 20

async function cutConnections(world: World, chance: () => number): Promise<void> {
  const cutter = await openConnection(world.ownerUrl, { name: 'chaos' })
  try {
    for (let i = 0; i < CUTS; i++) {
      await cutter.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name <> 'chaos'`
      await wait(50 + 600 * chance())
    }
  } finally {
    await cutter.end()
  }
}

async function cutAndKill(world: World, chance: () => number): Promise<void> {
  await cutConnections(world, chance)
  killPostgres(world)
}

async function lockCases(world: World, chance: () => number): Promise<void> {
  const locker = await openConnection(world.ownerUrl, { name: 'chaos', patient: true })
  try {
    await locker.sql`begin`
    await locker.sql`lock table cases in access exclusive mode`
    await wait(3_000 + 9_000 * chance())
    await locker.sql`rollback`
  } finally {
    await locker.end()
  }
}

async function fillDisk(world: World, chance: () => number): Promise<void> {
  const filler = join(world.dataDir, 'filler')
  const chunk = Buffer.alloc(1024 * 1024)
  try {
    for (;;) writeFileSync(filler, chunk, { flag: 'a' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
  await wait(2_000 + 8_000 * chance())
  rmSync(filler, { force: true })
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It was struck before.
  }
}
