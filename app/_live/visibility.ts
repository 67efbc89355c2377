import type { AccountActor } from '#app/_auth/actor.ts'
import { roleMay } from '#app/_auth/rules/roles.ts'
import type { Visibility } from '#db/schema/journal.ts'

export type Viewer = Pick<
  AccountActor,
  'role' | 'accountId' | 'organisationId' | 'territories' | 'exerciseId'
>

export type CaseFacts = { organisationId: number | null; territoryCode: string; exerciseId: number | null }

export type LineFacts = {
  exerciseId: number | null
  visibility: Visibility
  chain: string
  /** The case the line is about, when it is about one. */
  case: CaseFacts | null
}

/** Says in memory what the policy `seen` on cases says in the database; a test holds the two together. */
export function seesCase(viewer: Viewer, seen: CaseFacts): boolean {
  if (seen.exerciseId !== viewer.exerciseId) return false
  if (roleMay(viewer.role, 'cases.watch')) return true
  return (
    (seen.organisationId !== null && seen.organisationId === viewer.organisationId) ||
    viewer.territories.includes(seen.territoryCode) ||
    viewer.territories.includes('FR')
  )
}

/** The same for the policy `seen` on journal: internal notes never reach a reporter, not even as a hint. */
export function seesLine(viewer: Viewer, line: LineFacts): boolean {
  if (line.exerciseId !== viewer.exerciseId) return false
  if (roleMay(viewer.role, 'cases.watch')) return true
  if (line.chain === `account:${viewer.accountId}`) return true
  return line.visibility === 'public' && line.case !== null && seesCase(viewer, line.case)
}

/**
 * A real report, and what becomes of the exercise itself, reach those inside it: an exercise can never mute real calls
 * (DOMAIN §7).
 */
export function reachesInside(viewer: Viewer, line: LineFacts & { event: string }): boolean {
  if (viewer.exerciseId === null || line.exerciseId !== null || !roleMay(viewer.role, 'cases.watch'))
    return false
  return line.event === 'case.reported' || line.chain === 'exercises'
}

/**
 * Written for the cell alone, yet after them the reporter's page says something else: the state, the promised
 * hour, the level.
 */
const MOVES_THE_CASE: ReadonlySet<string> = new Set([
  'case.diagnosed',
  'case.contact_attempted',
  'case.verified',
])

/** That the page is to be read again, to whoever sees the case; what was written stays where it is. */
export function seesMove(viewer: Viewer, line: LineFacts & { event: string }): boolean {
  return MOVES_THE_CASE.has(line.event) && line.case !== null && seesCase(viewer, line.case)
}
