import type { Played } from './play.ts'

const MINUTE = 60_000
const BLOCK_MS = 6 * 60 * MINUTE

export type Delays = { median: number | null; ninety: number | null; missed: number; of: number }

/** Of the minutes from the beginning to what was waited for: half of them, nine in ten, and how many never came. */
export function delaysOf(minutes: readonly (number | null)[]): Delays {
  const came = minutes.filter((one) => one !== null).sort((a, b) => a - b)
  // What was missed came later than anything that came.
  const at = (share: number) => {
    const value = came[Math.ceil(share * minutes.length) - 1]
    return value === undefined ? null : Math.round(value)
  }
  return { median: at(0.5), ninety: at(0.9), missed: minutes.length - came.length, of: minutes.length }
}

/** How often a year the ordinary life alone would have proposed at other thresholds: each bunch of six hours once. */
export function perYearAt(played: readonly Played[], years: number, lifeYears: number): number {
  let count = 0
  for (const one of played) {
    const blocks = new Set<number>()
    for (const reading of one.readings)
      if (reading.truth === null && reading.years >= years) blocks.add(Math.floor(reading.at / BLOCK_MS))
    count += blocks.size
  }
  return count / lifeYears
}

/** First instant at which a failure would have been proposed at another threshold. */
export function proposedAt(played: Played, name: string, years: number): number | null {
  return played.readings.find((one) => one.truth === name && one.years >= years)?.at ?? null
}
