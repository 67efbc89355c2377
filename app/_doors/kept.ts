import type { Typed } from './form-data.ts'

/**
 * What was typed in a form whose session ended, without JavaScript: the page cannot be drawn any more, so the server
 * keeps it for the next sign-in of the same person in the same browser. In memory, an hour: a courtesy, no record.
 */
export type Kept = { path: string; form: string; values: Typed; at: number }

const KEPT_MS = 3600_000
const MOST_KEPT = 200
const LARGEST = 64_000

const held = globalThis as unknown as { permanenceKept?: Map<string, Kept> }
const store = () => {
  held.permanenceKept ??= new Map()
  return held.permanenceKept
}

/** `sessionId` is known to its browser alone, whether the session still lives or not. */
export function keep(sessionId: string, kept: Kept): void {
  if (JSON.stringify(kept.values).length > LARGEST) return
  const all = store()
  all.delete(sessionId)
  for (const [key, { at }] of all) if (kept.at - at > KEPT_MS || all.size >= MOST_KEPT) all.delete(key)
  all.set(sessionId, kept)
}

export function hasKept(sessionId: string): boolean {
  return store().has(sessionId)
}

/** From the session that ended to the one just opened; `same` says whether both are one person's. */
export function handOver(from: string, to: string, same: boolean): void {
  const kept = store().get(from)
  store().delete(from)
  if (kept && same) store().set(to, kept)
}

/** Given back once, to the form it was typed in. */
export function takeBack(sessionId: string, path: string, form: string, now: number): Typed | null {
  const kept = store().get(sessionId)
  if (!kept || kept.path !== path || kept.form !== form || now - kept.at > KEPT_MS) return null
  store().delete(sessionId)
  return kept.values
}
