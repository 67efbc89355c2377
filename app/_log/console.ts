import { plainWords } from './cause.ts'
import { log } from './log.ts'

const LEVELS = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const

// Kept on globalThis: the framework tells its own bundle of an error, and the console the same one.
const shared = globalThis as unknown as { permanenceTold?: WeakSet<object> }
shared.permanenceTold ??= new WeakSet()
const told = shared.permanenceTold

/** The framework and the packages speak to the console, parameters of a query and all: from here on they speak to the log. */
export function takeOverConsole(): void {
  for (const [name, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, 'info'][])
    console[name] = (...said: unknown[]) => {
      const error = said.find((one) => one instanceof Error)
      if (error && isTold(error)) return
      const words = said.find((one) => typeof one === 'string' && one.trim() !== '')
      log[level]({ ...(error && { error }) }, plainWords(String(words ?? 'console')))
    }
}

/** Whether it was written down already; from now on it was. */
export function isTold(error: Error): boolean {
  if (told.has(error)) return true
  told.add(error)
  return false
}
