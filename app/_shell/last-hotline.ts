import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Fictional range, until an administrator sets the hotline's own. */
export const FIRST_HOTLINE = '01 99 00 00 15'

/** Kept on globalThis: the web server reads what a bundle of the framework wrote. In a file: a process started while the database is away knows it too. */
const shared = globalThis as unknown as { permanenceHotline?: string }

/** The hotline's number as it was last read from the settings. */
export function lastHotline(): string {
  shared.permanenceHotline ??= readKept() ?? FIRST_HOTLINE
  return shared.permanenceHotline
}

export function keepHotline(number: string): void {
  if (number === shared.permanenceHotline) return
  shared.permanenceHotline = number
  try {
    writeFileSync(keptFile(), `${number}\n`)
  } catch {
    // A disk that is full or read-only: this process knows it all the same.
  }
}

function readKept(): string | undefined {
  try {
    return readFileSync(keptFile(), 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}

function keptFile(): string {
  return join(/* turbopackIgnore: true */ process.env.PERMANENCE_DATA_DIR || '.data', 'hotline')
}
