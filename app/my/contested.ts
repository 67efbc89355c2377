import type { SeenCase } from './queries.ts'

type Line = Pick<SeenCase['lines'][number], 'at' | 'factAt' | 'event' | 'byId' | 'who' | 'side'>

/**
 * The restoration that was said, and who says since then that it is none: nothing once it was said or confirmed anew. The case itself
 * has none any more: a failing case is not restored.
 */
export function contestedBy(lines: readonly Line[]): { restoredAt: Date; by: Line } | null {
  // The newest first.
  const last = lines.find(({ event }) => SPEAKS_OF_RESTORATION.has(event))
  const restored = lines.find(({ event }) => event === 'case.restored')
  if (last?.event !== 'case.still_failing' || !restored) return null
  return { restoredAt: restored.factAt ?? restored.at, by: last }
}

const SPEAKS_OF_RESTORATION = new Set(['case.restored', 'case.confirmed', 'case.still_failing'])
