/**
 * News changes what stands in a place, never the places: whoever reads or points at one finds it there. A place is a slot; a
 * newcomer takes the first that was never used, and waits when there is none. Only a person who asks has the order made anew.
 */
export type Kept = {
  /** What stands in each place; null: free. */
  slots: (string | null)[]
  /** Those that came since the order was made, placed at its end or waiting for a place. */
  fresh: string[]
  /** Of them, those that have no place. */
  waiting: string[]
}

/** In the order given, the worst first; `size` places, or as many as there are and `spare` free ones. */
export function orderAnew(
  keys: readonly string[],
  { size, spare = 0 }: { size: number; spare?: number },
): Kept {
  const places = Math.max(size, spare > 0 ? keys.length + spare : 0)
  const slots = Array.from({ length: places }, (_, at) => keys[at] ?? null)
  return { slots, fresh: [], waiting: keys.slice(places) }
}

/**
 * The same places after news. `reuse`: the place of what is gone is free again; without it, it stays and says that all is calm
 * there.
 */
export function keepPlaces(before: Kept, keys: readonly string[], reuse = false): Kept {
  const there = new Set(keys)
  const slots = before.slots.map((key) => (key === null || (reuse && !there.has(key)) ? null : key))
  const placed = new Set(slots)
  const newcomers = keys.filter((key) => !placed.has(key))
  const waiting = newcomers.filter((key) => {
    const free = slots.indexOf(null)
    if (free >= 0) slots[free] = key
    return free < 0
  })
  const known = new Set([...before.slots, ...before.waiting])
  const fresh = [
    ...before.fresh.filter((key) => there.has(key)),
    ...newcomers.filter((key) => !known.has(key)),
  ]
  return { slots, fresh: [...new Set(fresh)], waiting }
}

export function samePlaces(a: Kept, b: Kept): boolean {
  const same = (one: readonly unknown[], two: readonly unknown[]) =>
    one.length === two.length && one.every((key, at) => key === two[at])
  return same(a.slots, b.slots) && same(a.fresh, b.fresh) && same(a.waiting, b.waiting)
}
