import type { BURST_STATES, CallVerdict } from '#db/schema/supervision.ts'
import { FELT } from './rates.ts'

export type CellFacts = {
  lastAt: number | null
  verdict: CallVerdict | null
  tried: number
  passed: number
  burst: (typeof BURST_STATES)[number] | null
  reports: number
}

/**
 * What test calls say of one number in one place, the worst first: failing (a burst confirmed it, or the last call failed and nothing
 * cleared it) · partly (of the hour some failed) · contradicted (people report what the probes do not see: people are believed) ·
 * stale · never · proved.
 */
export const CELL_PROOFS = ['failing', 'partly', 'contradicted', 'stale', 'never', 'proved'] as const
export type CellProof = (typeof CELL_PROOFS)[number]

/** Three rounds of five minutes, one of which may be lost: as in the grid of the cell [D]. */
export const FRESH_MIN = 15
export const FRESH_MS = FRESH_MIN * 60_000

export function cellProof(cell: CellFacts, now: number): CellProof {
  if (cell.lastAt === null) return 'never'
  if (now - cell.lastAt > FRESH_MS) return 'stale'
  const failed = cell.verdict === 'failed'
  if (cell.burst === 'confirmed' && failed) return 'failing'
  if (failed && cell.burst !== 'cleared') return 'failing'
  if (cell.tried > 0 && (cell.tried - cell.passed) / cell.tried >= FELT && cell.burst !== 'cleared')
    return 'partly'
  return cell.reports > 0 ? 'contradicted' : 'proved'
}

export function worseFirst(a: CellProof, b: CellProof): number {
  return CELL_PROOFS.indexOf(a) - CELL_PROOFS.indexOf(b)
}
