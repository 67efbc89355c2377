import { done, type Reason, type Result, refused } from '#app/_doors/result.ts'

const MINUTE_MS = 60_000

/**
 * How far the clock of a control room may run ahead of ours. Most are set by hand or by a local server: minutes happen, a
 * quarter of an hour is a mistake of typing. Five, as Kerberos allows for the same reason (RFC 4120); the report of a failure is
 * never refused for it.
 */
export const CLOCK_AHEAD_MS = 5 * MINUTE_MS

type SaidHour = { ok: true; at: Date | null; ahead: boolean } | { ok: false; reason: Reason }

/** The hour of something that has happened: what was said, but no later than now. Much later is a fault to correct. */
export function saidHour(said: Date | null, now: Date): SaidHour {
  if (!said || said <= now) return { ok: true, at: said, ahead: false }
  if (said.getTime() - now.getTime() > CLOCK_AHEAD_MS)
    return { ok: false, reason: { key: 'cases.invalid.future' } }
  return { ok: true, at: now, ahead: true }
}

type Said = Record<string, string>

/** Several hours at once, by the name of their field; `said` keeps those that were ahead, as they were said, for the journal. */
export function saidHours<Name extends string>(
  hours: Record<Name, Date | null>,
  now: Date,
): Result<{ at: Record<Name, Date | null>; said: { said?: Said } }> {
  const at = { ...hours }
  const said: Said = {}
  const fields: Record<string, Reason> = {}
  for (const [name, hour] of Object.entries(hours) as [Name, Date | null][]) {
    const judged = saidHour(hour, now)
    if (!judged.ok) fields[name] = judged.reason
    else {
      at[name] = judged.at
      if (judged.ahead && hour) said[name] = hour.toISOString()
    }
  }
  if (Object.keys(fields).length > 0) return { ...refused('cases.invalid.form'), fields }
  return done({ at, said: Object.keys(said).length > 0 ? { said } : {} })
}

/** The hours of tests, each beside its row. */
export function saidTests<Row extends { at: Date | null }>(
  tests: Row[],
  now: Date,
): Result<{ tests: Row[]; said: { said?: Said } }> {
  const named = tests.map((test, row) => [`tests.${row}.at`, test.at] as const)
  const judged = saidHours(Object.fromEntries(named), now)
  if (!judged.ok) return judged
  const { at, said } = judged.value
  return done({ tests: tests.map((test, row) => ({ ...test, at: at[`tests.${row}.at`] ?? null })), said })
}
