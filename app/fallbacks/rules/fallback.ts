import { allPassed, lastByNetwork, type NetworkTest } from '#app/cases/rules/network-tests.ts'
import type { FallbackNumberState } from '#db/schema/fallback.ts'

/** Tested from so many networks before it is opened to anybody (DOMAIN §7). */
export const NETWORKS_NEEDED = 3
/** Those who hold it hear so long before its end that it is near, minutes: to announce it before it is closed. [D] */
export const REMIND_BEFORE_MIN = 60

export type FallbackFacts = {
  state: FallbackNumberState
  endsAt: Date | null
  reroute: boolean
  rerouteOutAt: Date | null
  tests: readonly NetworkTest[]
  /** What it stands in for works again, as its operator or its reporters say. */
  restored: boolean
}

/** How it stands: what a case, a situation report and the first screen read. First what asks for something. */
export const STANDINGS = ['forgotten', 'failing', 'overdue', 'ending', 'active', 'planned', 'closed'] as const
export type FallbackStanding = (typeof STANDINGS)[number]

export function standingOf(one: FallbackFacts, now: Date): FallbackStanding {
  if (isForgotten(one)) return 'forgotten'
  if (one.state === 'closed') return 'closed'
  if (!lastByNetwork(one.tests).every(allPassed)) return 'failing'
  if (one.state === 'planned') return 'planned'
  if (!one.endsAt) return 'active'
  const left = one.endsAt.getTime() - now.getTime()
  if (left <= 0) return 'overdue'
  return left <= REMIND_BEFORE_MIN * 60_000 ? 'ending' : 'active'
}

/** A temporary reroute that stands after the number works again, or a number still open then: the next failure. */
function isForgotten({ state, reroute, rerouteOutAt, restored }: FallbackFacts): boolean {
  const rerouted = reroute && rerouteOutAt === null
  return (
    (state === 'closed' && rerouted) || (restored && (state === 'open' || (state !== 'planned' && rerouted)))
  )
}

/** May it be opened? With the reason why not. */
export function mayOpen(
  tests: readonly NetworkTest[],
): { key: string; values?: Record<string, number> } | null {
  const last = lastByNetwork(tests)
  if (!last.every(allPassed)) return { key: 'fallbacks.refused.fails' }
  const lacks = NETWORKS_NEEDED - last.length
  return lacks > 0 ? { key: 'fallbacks.refused.tests', values: { count: lacks } } : null
}

/** As a case words it (cases.fallback). */
export function wordOfCase(standing: FallbackStanding): 'planned' | 'active' | 'failing' | null {
  switch (standing) {
    case 'planned':
      return 'planned'
    case 'failing':
      return 'failing'
    case 'active':
    case 'ending':
    case 'overdue':
      return 'active'
    case 'forgotten':
    case 'closed':
      return null
  }
}
