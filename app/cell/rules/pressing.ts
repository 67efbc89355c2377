import type { Level } from '#db/schema/cases.ts'

/** What may be asked of the room, instants in epoch ms. */
export type Asked = {
  /** Crisis proposals that nobody has decided; `silenceAt` is when silence decides, Infinity while it never does. */
  decisions: readonly { id: number; askedAt: number; silenceAt: number }[]
  /** Somebody is being called and has not answered. */
  call: { id: number } | null
  /** Promises that were not kept. */
  promises: readonly { reference: string; level: Level; promisedAt: number }[]
}

export type Pressing =
  | { kind: 'decision'; id: number; silenceAt: number | null }
  | { kind: 'call'; id: number }
  | { kind: 'promise'; reference: string }

/**
 * The one thing that the room decides now. What silence would decide first; then whoever is called; then the broken promise of
 * the gravest case, of those the one that waits longest. Null: nothing is asked.
 */
export function mostPressing({ decisions, call, promises }: Asked): Pressing | null {
  const [decision] = decisions.toSorted((a, b) => soonest(a, b) || a.askedAt - b.askedAt || a.id - b.id)
  if (decision) {
    const { id, silenceAt } = decision
    return { kind: 'decision', id, silenceAt: Number.isFinite(silenceAt) ? silenceAt : null }
  }
  if (call) return { kind: 'call', id: call.id }
  const [promise] = promises.toSorted(
    (a, b) => b.level - a.level || a.promisedAt - b.promisedAt || (a.reference < b.reference ? -1 : 1),
  )
  return promise ? { kind: 'promise', reference: promise.reference } : null
}

// Infinity minus Infinity is no number.
function soonest(a: { silenceAt: number }, b: { silenceAt: number }): number {
  return a.silenceAt === b.silenceAt ? 0 : a.silenceAt - b.silenceAt
}
