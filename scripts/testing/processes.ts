import { readdirSync, readFileSync } from 'node:fs'

/** Parts of a running service, by what their command line says. */
export const PARTS = {
  web: /^next-server|start\/web\.ts/,
  worker: /_jobs\/worker/,
  postgres: /^\S*postgres\b/,
} as const
export type RunningPart = keyof typeof PARTS

/** `cpuMs`: processor time it has used since it began. */
export type Running = { pid: number; parent: number; words: string; kib: number; cpuMs: number }

/** A process and all that descends from it, with its proportional set size; empty where /proc does not tell. */
export function familyOf(ancestor: number): Running[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (read(Number(name)) ?? []) : []))
  const family = new Set([ancestor])
  for (let size = 0; size !== family.size; ) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  return all.filter(({ pid }) => family.has(pid))
}

export function partOf(ancestor: number, part: RunningPart): Running[] {
  return familyOf(ancestor).filter(({ words }) => PARTS[part].test(words))
}

/** Linux counts processor time in hundredths of a second, everywhere it runs Node. */
const TICK_MS = 10

function read(pid: number): Running | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const parent = Number(fields[1])
    const cpuMs = (Number(fields[11]) + Number(fields[12])) * TICK_MS
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    const kib = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    return { pid, parent, words, kib, cpuMs }
  } catch {
    // gone meanwhile, or another user's
    return null
  }
}
