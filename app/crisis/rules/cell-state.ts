import type { CellStateName } from '#db/schema/crisis.ts'

export type CellVerdict =
  | { allowed: true }
  | { allowed: false; key: string; values?: Record<string, string | number> }

/** A crisis ends through its residual reception, never straight into quiet; from anywhere one may go back into it. */
const NEXT: Record<CellStateName, readonly CellStateName[]> = {
  permanent_watch: ['heightened_watch', 'crisis'],
  heightened_watch: ['permanent_watch', 'crisis'],
  crisis: ['leaving_crisis'],
  leaving_crisis: ['stand_by', 'crisis'],
  stand_by: ['permanent_watch', 'heightened_watch', 'leaving_crisis', 'crisis'],
}

export type CellChange = {
  from: CellStateName
  to: CellStateName
  /** Who says so; null is the machine, which only ever activates. */
  by: string | null
  why: string
  toldTo: readonly string[]
  openCasesAboveN1: number
}

/** May the cell change? Each change says who, why and told to whom. In stand-by the line is still answered. */
export function mayChange(change: CellChange): CellVerdict {
  if (!NEXT[change.from].includes(change.to)) {
    return refuse('not_from_here', { from: change.from, to: change.to })
  }
  if (change.by === null && change.to !== 'crisis') return refuse('person_needed')
  if (change.why.trim() === '') return refuse('why_needed')
  if (change.by !== null && change.toldTo.length === 0) return refuse('told_needed')
  if (change.to === 'stand_by' && change.openCasesAboveN1 > 0) {
    return refuse('open_cases', { count: change.openCasesAboveN1 })
  }
  return { allowed: true }
}

export function changesFrom(state: CellStateName): readonly CellStateName[] {
  return NEXT[state]
}

function refuse(key: string, values?: Record<string, string | number>): CellVerdict {
  return { allowed: false, key: `triggers.cell.${key}`, ...(values ? { values } : {}) }
}
