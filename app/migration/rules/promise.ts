const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * How far the next contact with a site may be promised [D]. A site on its way hears from us every month at the latest: carriers
 * confirm a date three to four weeks ahead, and a longer silence would hide that nobody asked. In the week before the cut-over,
 * every other day. While it is cut over, within four hours: as long as a night shift is awake for it.
 */
export const LONGEST = { quiet: 30 * DAY, near: 2 * DAY, cutting: 4 * HOUR }
/** A cut-over is near from a week before: what is found then can still be put off. */
export const NEAR_MS = 7 * DAY
/** Forms give whole minutes. */
const GRACE_MS = 60_000

export type CutOver = { state: string; startsAt: Date } | null
export type Pace = keyof typeof LONGEST
export type PromiseVerdict = { ok: true } | { ok: false; key: string; values?: Record<string, number> }

export function paceOf(next: CutOver, now: Date): Pace {
  if (!next) return 'quiet'
  if (next.state === 'under_way') return 'cutting'
  return next.startsAt.getTime() - now.getTime() <= NEAR_MS ? 'near' : 'quiet'
}

/** May the next contact be promised for then? Ahead of now, and no later than the pace of the move allows. */
export function judgeContact(promise: Date, next: CutOver, now: Date): PromiseVerdict {
  if (promise.getTime() <= now.getTime()) return { ok: false, key: 'migration.refused.promise_past' }
  const pace = paceOf(next, now)
  if (promise.getTime() > now.getTime() + LONGEST[pace] + GRACE_MS)
    return {
      ok: false,
      key: `migration.refused.promise_far_${pace}`,
      values: { hours: LONGEST[pace] / HOUR, days: LONGEST[pace] / DAY },
    }
  return { ok: true }
}

/** What is promised when nobody chose: the latest that the pace allows, never later than what was promised. */
export function keptPromise(promised: Date | null, next: CutOver, now: Date): Date {
  const latest = now.getTime() + LONGEST[paceOf(next, now)]
  const before = promised && promised.getTime() > now.getTime() ? promised.getTime() : latest
  return new Date(Math.min(latest, before))
}
