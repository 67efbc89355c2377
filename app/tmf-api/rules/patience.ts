/** A listener answers within this, or has not answered. */
export const ANSWER_MS = 10_000
const [FIRST_MS, LONGEST_MS] = [10_000, 3_600_000]
/** A long weekend: a listener that nobody mended by then is gone, and asks again when it is back. */
export const GIVEN_UP_MS = 3 * 86_400_000

/** After so many failures in a row it is asked again: twice as late each time, an hour at most. */
export function nextTryMs(failures: number): number {
  return Math.min(FIRST_MS * 2 ** Math.min(Math.max(failures - 1, 0), 20), LONGEST_MS)
}

export type Fate = 'given' | 'again' | 'gone'

/** Any answer of success is one; 410 says that nobody is there any more; all else is tried again until it has lasted too long. */
export function fateOf(status: number | null, failingSince: Date, now: Date): Fate {
  if (status !== null && status >= 200 && status < 300) return 'given'
  if (status === 410) return 'gone'
  return now.getTime() - failingSince.getTime() >= GIVEN_UP_MS ? 'gone' : 'again'
}
