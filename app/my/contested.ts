import type { SeenCase } from './queries.ts'

type Line = Pick<SeenCase['lines'][number], 'at' | 'event' | 'byId' | 'who' | 'side'>

/** Restoration, and who says since then that it is none: nothing once it was said or confirmed anew. */
export function contestedBy(lines: readonly Line[]): Line | null {
  // The newest first.
  const last = lines.find(({ event }) => SPEAKS_OF_RESTORATION.has(event))
  return last?.event === 'case.still_failing' ? last : null
}

const SPEAKS_OF_RESTORATION = new Set(['case.restored', 'case.confirmed', 'case.still_failing'])
