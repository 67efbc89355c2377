/** A probe is a witness, and a witness may be away or wrong. */
export type Watched = {
  id: number
  active: boolean
  createdAt: number
  heardAt: number | null
  /** Its shortest period: how often something is expected of it. Null: nothing is planned. */
  everyS: number | null
  trouble: string | null
  /** Calls of the last day, as many as make a doubt at least; whether any of the day failed; open reports of the same number and place that they do not see. */
  calls: number
  failed: boolean
  unseenReports: number
}

export type ProbeFinding = 'silent' | 'troubled' | 'doubtful'

/** Two of its periods: one call may be lost. Never under two minutes, the pace of its runner [D]. */
export const SILENT_PERIODS = 2
const LEAST_SILENCE_MS = 120_000
/** So many calls that all passed, and nothing of what centres report: it may be calling a way that no caller takes [D]. */
export const DOUBT_CALLS = 20

/** What is to be said of a probe; several things may be. */
export function findingsOf(one: Watched, now: number): ProbeFinding[] {
  const found: ProbeFinding[] = []
  if (!one.active) return found
  if (isSilent(one, now)) found.push('silent')
  if (one.trouble !== null) found.push('troubled')
  if (one.unseenReports > 0 && one.calls >= DOUBT_CALLS && !one.failed) found.push('doubtful')
  return found
}

function isSilent({ everyS, heardAt, createdAt }: Watched, now: number): boolean {
  if (everyS === null) return false
  const most = Math.max(LEAST_SILENCE_MS, SILENT_PERIODS * everyS * 1000)
  return now - (heardAt ?? createdAt) > most
}
