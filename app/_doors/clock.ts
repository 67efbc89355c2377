import { readFileSync } from 'node:fs'

/**
 * The one clock of the doors (forms, API, jobs): commands and rules get `now` from here and never read a clock.
 * PERMANENCE_CLOCK_FILE names a file with a shift in milliseconds: set by journeys that must see tomorrow, by nothing else.
 */
export function clockNow(): Date {
  return new Date(Date.now() + clockShift())
}

/** Milliseconds the clock is shifted by: nothing outside of journeys. */
export function clockShift(): number {
  const file = process.env.PERMANENCE_CLOCK_FILE
  if (!file) return 0
  try {
    return Number(readFileSync(file, 'utf8')) || 0
  } catch {
    return 0
  }
}
