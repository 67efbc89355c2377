import { failure, goesOn } from '#app/_doors/failure.ts'
import type { Reason, Refusal, Result } from '#app/_doors/result.ts'
import type { Target } from './change.ts'

/** Beyond, nobody reads what each of them says. */
export const MOST_AT_ONCE = 50

/**
 * Several cases, one after the other, each by its own command: its own right, its own version, its own line of the journal. What
 * one refuses stops no other, and is told under its number (`case-2026-000012-3`).
 */
export async function eachCase<T extends Target>(
  targets: readonly T[],
  one: (target: T) => Promise<Result<unknown>>,
): Promise<Result<{ done: number }>> {
  const refusals: { target: T; refusal: Refusal }[] = []
  for (const target of targets) {
    const answer = await one(target).catch((error) => {
      // Nothing more is to be had: those already done must still be told.
      if (goesOn(error) && refusals.length === 0 && target === targets[0]) throw error
      return failure('several', error)
    })
    if (!answer.ok) refusals.push({ target, refusal: answer })
  }
  const done = targets.length - refusals.length
  if (refusals.length === 0) return { ok: true, value: { done } }
  const typed = refusals.length === targets.length ? sameFault(refusals.map(({ refusal }) => refusal)) : null
  if (typed) return typed
  const conflict = refusals.find(({ refusal }) => refusal.conflict)?.refusal.conflict
  return {
    ok: false,
    reason: { key: 'queue.several.partly', values: { done, refused: refusals.length } },
    fields: Object.fromEntries(
      refusals.map(({ target, refusal }) => [`case-${target.reference}`, whyOf(refusal)]),
    ),
    ...(conflict ? { conflict } : {}),
  }
}

/** Each of them refuses what was typed in the same field: the fault is there, and not with the cases. */
function sameFault(refusals: readonly Refusal[]): Refusal | null {
  const [first] = refusals
  const field = Object.keys(first?.fields ?? {})[0]
  if (!first || !field) return null
  return refusals.every(({ fields }) => fields?.[field]?.key === first.fields?.[field]?.key) ? first : null
}

function whyOf({ reason, fields }: Refusal): Reason {
  return Object.values(fields ?? {})[0] ?? reason
}
