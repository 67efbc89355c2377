import { partOf, type RunningPart } from '../testing/processes.ts'

export type Memory = { web: number; worker: number; postgres: number; total: number }

/** Proportional set size in MiB of each part: shared pages counted once. */
export function memoryOf(supervisor: number): Memory {
  const mib = (part: RunningPart) =>
    Math.round(partOf(supervisor, part).reduce((sum, { kib }) => sum + kib, 0) / 1024)
  const parts = { web: mib('web'), worker: mib('worker'), postgres: mib('postgres') }
  return { ...parts, total: parts.web + parts.worker + parts.postgres }
}

export type Cpu = Record<RunningPart, number>

/** Processor time in ms used so far by each part. */
export function cpuOf(supervisor: number): Cpu {
  const ms = (part: RunningPart) => partOf(supervisor, part).reduce((sum, { cpuMs }) => sum + cpuMs, 0)
  return { web: ms('web'), worker: ms('worker'), postgres: ms('postgres') }
}
