import type { IncidentState } from '#db/schema/incidents.ts'

export type IncidentVerdict =
  | { allowed: true }
  | { allowed: false; key: string; values?: Record<string, string | number> }

/** Back from restored or residual to confirmed: a relapse is the same incident. Closed is closed: later is a new one. */
const NEXT: Record<IncidentState, readonly IncidentState[]> = {
  suspected: ['confirmed', 'restored', 'closed'],
  confirmed: ['restored'],
  restored: ['residual', 'confirmed', 'closed'],
  residual: ['closed', 'confirmed'],
  closed: [],
}

/** An open case of the incident. */
export type AttachedCase = { id: number; reference: string; open: boolean; takenOverBy: number | null }

/** May the incident go there? Closing is offered only when each residual case is listed and taken over by name. */
export function mayBecome(
  from: IncidentState,
  to: IncidentState,
  cases: readonly AttachedCase[],
  residualsListed: readonly number[],
): IncidentVerdict {
  if (!NEXT[from].includes(to))
    return { allowed: false, key: 'triggers.incident.not_from_here', values: { from, to } }
  if (to !== 'closed') return { allowed: true }
  const open = residualsOf(cases)
  const unlisted = open.filter((one) => !residualsListed.includes(one.id))
  if (unlisted.length > 0) return refuse('residuals_unlisted', unlisted)
  const orphan = open.filter((one) => one.takenOverBy === null)
  if (orphan.length > 0) return refuse('residuals_not_taken', orphan)
  return { allowed: true }
}

export function movesFrom(from: IncidentState): readonly IncidentState[] {
  return NEXT[from]
}

/** Restored by the operator: every attached case still open is residual and lives on with its own clock. */
function residualsOf(cases: readonly AttachedCase[]): AttachedCase[] {
  return cases.filter((one) => one.open)
}

function refuse(key: string, cases: readonly AttachedCase[]): IncidentVerdict {
  return {
    allowed: false,
    key: `triggers.incident.${key}`,
    values: { count: cases.length, references: cases.map((one) => one.reference).join(', ') },
  }
}
