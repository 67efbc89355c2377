import { Misconfigured } from '#db/config.ts'
import type { Step } from './restored.ts'

/** A step of a restoration or a rehearsal, one line each. */
export function tellStep({ name, ok, words, seconds }: Step): void {
  const verdict = ok ? 'ok    ' : 'FAILED'
  console.log(`${verdict} ${name.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s  ${words}`)
}

/** Runs a program of the operator: 0 when all of it holds, 1 with the reason when not. */
export async function told(run: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await run()) ? 0 : 1
  } catch (error) {
    const words =
      error instanceof Misconfigured || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
    console.error(words ? (error as Error).message : error)
    process.exitCode = 1
  }
  if (process.connected) process.disconnect()
}
