import { nameKey } from '#app/directory/rules/name-key.ts'
import type { Slots } from '#db/reference/vocabulary.ts'
import type { Callers } from '#db/schema/instruction.ts'

/** A territory, and what holds it: its region, its zone, the country. */
export type Place = { code: string; parents: readonly string[] }
export type Scope = { failing: string; callers: Callers; operator: string | null; place: Place }
export type Said = Scope & { slots: Slots }

/** Could one caller be meant by both? */
export function overlaps(a: Scope, b: Scope): boolean {
  const either = (x: string | null, y: string | null, all: string | null) => x === all || y === all || x === y
  return (
    a.failing === b.failing &&
    either(a.callers, b.callers, 'any') &&
    either(a.operator && nameKey(a.operator), b.operator && nameKey(b.operator), null) &&
    (holds(a.place, b.place) || holds(b.place, a.place))
  )
}

function holds(outer: Place, inner: Place): boolean {
  return outer.code === 'FR' || outer.code === inner.code || inner.parents.includes(outer.code)
}

export function isSameScope(a: Scope, b: Scope): boolean {
  return (
    a.failing === b.failing &&
    a.callers === b.callers &&
    nameKey(a.operator ?? '') === nameKey(b.operator ?? '') &&
    a.place.code === b.place.code
  )
}

/**
 * Both would be read by the same caller, and they tell him to do different things: 2 June 2021. The same scope is no
 * contradiction: the new version cancels the former.
 */
export function contradicts(a: Said, b: Said): boolean {
  return overlaps(a, b) && !isSameScope(a, b) && nameKey(a.slots.todo) !== nameKey(b.slots.todo)
}
