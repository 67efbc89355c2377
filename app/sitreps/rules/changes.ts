import type { Picture } from '#app/incidents/picture.ts'

/** A change as a message: `sitreps.changes.KEY` with its values. */
export type Change = { key: string; values: Record<string, string | number> }

/** What moved since the report before: places and numbers that came or went, cases, calls that pass. */
export function changesSince(before: Picture, after: Picture): Change[] {
  const changes: Change[] = []
  const names = (list: { name: string }[]) => list.map((one) => one.name).join(', ')
  const touched = (picture: Picture) => picture.territories.filter((one) => one.open > 0)
  const came = without(touched(after), touched(before), (one) => one.code)
  const left = without(touched(before), touched(after), (one) => one.code)
  if (came.length > 0)
    changes.push({ key: 'territories_in', values: { count: came.length, list: names(came) } })
  if (left.length > 0)
    changes.push({ key: 'territories_out', values: { count: left.length, list: names(left) } })
  const numbers = without(after.numbers, before.numbers, (one) => one.number)
  if (numbers.length > 0)
    changes.push({
      key: 'numbers_in',
      values: { count: numbers.length, list: numbers.map((one) => one.number).join(', ') },
    })
  for (const key of ['open', 'restored', 'confirmed'] as const) {
    if (before.cases[key] !== after.cases[key])
      changes.push({ key, values: { before: before.cases[key], after: after.cases[key] } })
  }
  for (const now of after.numbers) {
    const then = before.numbers.find((one) => one.number === now.number)
    const passed = now.passed - (then?.passed ?? 0)
    const tried = now.tried - (then?.tried ?? 0)
    if (then && tried > 0) changes.push({ key: 'tests', values: { number: now.number, passed, tried } })
  }
  return changes
}

function without<T>(these: readonly T[], those: readonly T[], key: (one: T) => string): T[] {
  const known = new Set(those.map(key))
  return these.filter((one) => !known.has(key(one)))
}
