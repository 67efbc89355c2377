import { OWN_READING } from './patience.ts'
import { LONGEST_READ_MS, type Told } from './reader.ts'

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

/** Lists that pages read as JSON: each takes turns of its own in the web (scripts/start/turns.ts). */
export const OWN_LISTS = ['/api/queue', '/api/my'] as const

/** Longer than this nobody who pressed waits for rows: the page is read whole. */
const PRESSED_MS = 5_000

/**
 * What a list is drawn of, as JSON. Null: it could not be read, or it is empty, for which only the page has words. `told` by a hint
 * nobody waits: a service that is busy is asked again for the same, never for the whole page, ten times the work; what was `pressed`
 * is asked once, and the page comes instead, or what is kept of it without a network.
 */
export async function readListAt<List extends { lines: unknown[] }>(
  list: (typeof OWN_LISTS)[number],
  query: string,
  why: 'told' | 'pressed',
): Promise<List | null> {
  const told = why === 'told'
  try {
    const answer = await fetch(query ? `${list}?${query}` : list, {
      cache: 'no-store',
      headers: told ? OWN_READING : undefined,
      signal: AbortSignal.timeout(told ? LONGEST_READ_MS : PRESSED_MS),
    })
    const read = answer.ok ? ((await answer.json()) as List) : null
    return read && read.lines.length > 0 ? read : null
  } catch {
    return null
  }
}
