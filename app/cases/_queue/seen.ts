'use client'

import { useSyncExternalStore } from 'react'

/**
 * Which cases this person has not seen yet. Kept in the browser, for each person and world: to be seen is no fact of the case,
 * nobody else asks about it, and a table of it would make each reading of a case a write. The price: on another desk one begins
 * anew, with nothing marked but what arrives from then on.
 */
type Kept = { since: number; seen: string[] }

/** More than a night brings. */
const REMEMBERED = 500
const CHANGED = 'permanence:seen'

export function useSeen(who: string, now: string) {
  const text = useSyncExternalStore(
    subscribe,
    () => begun(who, now),
    () => null,
  )
  const kept = text === null ? null : read(text)
  return {
    /** Nothing is new before the browser has spoken. */
    isNew: (reference: string, receivedAt: string) =>
      kept !== null && Date.parse(receivedAt) > kept.since && !kept.seen.includes(reference),
    see: (references: string[]) => see(who, references),
  }
}

export function see(who: string, references: string[]): void {
  const kept = read(load(who) ?? '')
  const fresh = references.filter((one) => !kept?.seen.includes(one))
  if (!kept || fresh.length === 0) return
  save(who, { ...kept, seen: [...kept.seen, ...fresh].slice(-REMEMBERED) })
  window.dispatchEvent(new Event(CHANGED))
}

/** What is kept; the first time it is from now on. */
function begun(who: string, now: string): string | null {
  const kept = load(who)
  if (kept !== null && read(kept)) return kept
  save(who, { since: Date.parse(now), seen: [] })
  return load(who)
}

function read(text: string): Kept | null {
  try {
    const { since, seen } = JSON.parse(text) as Kept
    return Number.isFinite(since) && Array.isArray(seen) ? { since, seen } : null
  } catch {
    return null
  }
}

function load(who: string): string | null {
  try {
    return localStorage.getItem(`seen:${who}`)
  } catch {
    return null
  }
}

function save(who: string, kept: Kept): void {
  try {
    localStorage.setItem(`seen:${who}`, JSON.stringify(kept))
  } catch {
    // Storage refused: nothing is marked.
  }
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('storage', changed)
  window.addEventListener(CHANGED, changed)
  return () => {
    window.removeEventListener('storage', changed)
    window.removeEventListener(CHANGED, changed)
  }
}
