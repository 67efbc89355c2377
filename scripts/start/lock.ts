import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Misconfigured } from '#db/config.ts'

type Holder = { pid: number; since: string; port?: number }

export type Lock = {
  /** False when somebody removed or replaced the file: the data directory is no longer ours. */
  isHeld(): boolean
  release(): void
}

/** One npm start a data directory. A lock whose process is gone is taken over. */
export function takeLock(dataDir: string, port?: number): Lock {
  const taken = tryLock(dataDir, port)
  if ('pid' in taken)
    throw new Misconfigured(
      `Permanence already runs on ${dataDir} (process ${taken.pid}): stop it first, or choose another directory with PERMANENCE_DATA_DIR.`,
    )
  return taken
}

/** The lock of this directory, or who holds it. */
export function tryLock(directory: string, port?: number): Lock | Holder {
  const path = join(directory, 'lock')
  const own = JSON.stringify({ pid: process.pid, since: startTime(process.pid), port } satisfies Holder)
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, own, { mode: 0o600 })
  try {
    while (!claim(mine, path)) {
      const holder = lockHolder(directory)
      if (holder) return holder
      discard(path)
    }
  } finally {
    rmSync(mine, { force: true })
  }
  const isHeld = () => read(path) === own
  return { isHeld, release: () => isHeld() && rmSync(path, { force: true }) }
}

/** The living process that holds the data directory. */
export function lockHolder(dataDir: string): Holder | null {
  const text = read(join(dataDir, 'lock'))
  if (!text) return null
  try {
    const holder = JSON.parse(text) as Holder
    // The time of birth tells a living holder from another process that was given its number.
    return startTime(holder.pid) === holder.since ? holder : null
  } catch {
    return null
  }
}

function claim(mine: string, path: string): boolean {
  try {
    linkSync(mine, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

// Renamed before it is removed: of two that find the same dead lock, one alone takes it away.
function discard(path: string): void {
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
    rmSync(aside, { force: true })
  } catch {
    // the other was first
  }
}

function startTime(pid: number): string {
  const stat = read(`/proc/${pid}/stat`)
  if (stat) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  if (read('/proc/self/stat')) return 'gone'
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch {
    return 'gone'
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
