import type { BURST_STATES } from '#db/schema/supervision.ts'

/** Levée de doute par la machine: what R0 asks of a person's tests (DOMAIN §5), made by machines. */
export const BURST = {
  /** Calls of each probe: from two networks that is six calls [D]. */
  callsEach: 3,
  /** So many failures confirm, from whichever network: one may be chance (ownTestFailures of app/incidents/rules/thresholds.ts). */
  failures: 2,
  /** Networks that call. One alone could be its own access. */
  networks: 2,
  /** Decided by then with whatever came: three minutes leave seven of R0's ten to a person. */
  withinMs: 180_000,
  /** A destination is not burst again sooner, unless a person reports: its room would be called for nothing. */
  restMs: 15 * 60_000,
} as const

export type Caller = {
  id: number
  operator: string
  technology: string
  heardAt: number | null
  calledAt: number | null
}

/**
 * Who makes the burst: probes that were heard of lately, of different operators first, of different technologies else; the one that
 * has called this destination least recently first, so that the failure is seen from elsewhere.
 */
export function callersFor(probes: readonly Caller[], now: number, freshMs = 120_000): number[] {
  const there = probes
    .filter((one) => one.heardAt !== null && now - one.heardAt <= freshMs)
    .sort((a, b) => (a.calledAt ?? 0) - (b.calledAt ?? 0) || a.id - b.id)
  const chosen: Caller[] = []
  const take = (differs: (one: Caller) => boolean) => {
    for (const one of there) {
      if (chosen.length >= BURST.networks) return
      if (!chosen.includes(one) && differs(one)) chosen.push(one)
    }
  }
  take((one) => chosen.every((other) => other.operator !== one.operator))
  take((one) => chosen.every((other) => other.technology !== one.technology))
  return chosen.map(({ id }) => id)
}

export type BurstCall = { probe: number; passed: boolean }
export type BurstVerdict = {
  state: (typeof BURST_STATES)[number]
  tried: number
  passed: number
}

/**
 * Two calls that fail of all that were made: confirmed, as for people's tests (R0: two failures of three). So many pass that two can no
 * longer fail: cleared, which says that our probes pass from where they stand, and nothing of where a person calls from. At its end with
 * too little told, unanswered.
 */
export function verdictOfBurst(
  burst: { openedAt: number; calls: number; probes: number },
  calls: readonly BurstCall[],
  now: number,
): BurstVerdict {
  const tried = calls.length
  const passed = calls.filter((one) => one.passed).length
  const failed = tried - passed
  const left = Math.max(0, burst.calls * burst.probes - tried)
  const over = left === 0 || now - burst.openedAt >= BURST.withinMs
  const state = (): BurstVerdict['state'] => {
    if (failed >= BURST.failures) return 'confirmed'
    if (tried > 0 && failed + left < BURST.failures) return 'cleared'
    if (!over) return 'open'
    return tried >= BURST.failures && passed > 0 ? 'cleared' : 'unanswered'
  }
  return { state: state(), tried, passed }
}
