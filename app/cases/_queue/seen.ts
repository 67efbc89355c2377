'use client'

import { useSyncExternalStore } from 'react'
import { isUnseen, type Kept, remember } from './remembered.ts'

/**
 * Which cases this person has not seen yet. Kept in the browser, for each person and world: to be seen is no fact of the case,
 * nobody else asks about it, and a table of it would make each reading of a case a write. The price: on another desk one begins
 * anew, with nothing marked but what arrives from then on.
 */
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
    isNew: (reference: string, receivedAt: string) => kept !== null && isUnseen(kept, reference, receivedAt),
    see: (references: string[]) => see(who, references),
  }
}

export function see(who: string, references: string[]): void {
  const kept = read(load(who) ?? '')
  if (!kept || references.every((one) => kept.seen.includes(one))) return
  save(who, remember(kept, references))
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
    const { since, seen, upTo } = JSON.parse(text) as Kept
    if (!Number.isFinite(since) || !Array.isArray(seen)) return null
    return { since, seen, ...(typeof upTo === 'string' && { upTo }) }
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
