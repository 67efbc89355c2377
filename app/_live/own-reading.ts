import type { Told } from './reader.ts'

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
