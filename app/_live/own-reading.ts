import { OWN_READING } from './patience.ts'
import type { Told } from './reader.ts'
import { LONGEST_READ_MS } from './reader.ts'

/** Reads what the page shows by a shorter way than the page; resolves to how it is drawn, or null: read the page whole. */
export type OwnReading = (told: Told) => Promise<(() => void) | null>

let own: OwnReading | null = null

/** One a page, while it is shown; returns what ends it. */
export function readByOwnWay(reading: OwnReading): () => void {
  own = reading
  return () => {
    if (own === reading) own = null
  }
}

export async function ownReading(told: Told): Promise<(() => void) | null> {
  return own ? own(told) : null
}

/** What happened to cases, or to one's messages, moves nothing but a list and its counts; anything else may. */
export function isOfRows({ events }: Told): boolean {
  return events.length > 0 && events.every((event) => event.startsWith('case.') || event === 'inbox')
}

/**
 * What a list is drawn of, as JSON. Null: it could not be read, or it is empty, for which only the page has words. A service that is
 * busy is asked again for the same, never for the whole page: ten times the work is not what it lacks.
 */
export async function readListAt<List extends { lines: unknown[] }>(address: string): Promise<List | null> {
  try {
    const answer = await fetch(address, {
      cache: 'no-store',
      headers: OWN_READING,
      signal: AbortSignal.timeout(LONGEST_READ_MS),
    })
    const list = answer.ok ? ((await answer.json()) as List) : null
    return list && list.lines.length > 0 ? list : null
  } catch {
    return null
  }
}
