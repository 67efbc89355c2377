import type { CallLine } from './queries.ts'

export type CallerWords = { withheld: string; several: string; unknown: string }

/** Who it may be, in one line: known, one of several, nobody the directory knows, or withheld. */
export function callerName({ callers, phone, shown }: CallLine, words: CallerWords): string {
  const [first, ...others] = [...new Set(callers.map((one) => one.organisation))]
  if (!first) return phone ? words.unknown : shown || words.withheld
  if (others.length > 0) return words.several.replace('{names}', [first, ...others].join(', '))
  return first
}

/** Where the call is written down: with whom it is from, when that is certain. */
export function intakePath({ callers }: CallLine): string {
  const [caller, other] = callers
  const key = caller && !other ? `&reporter=${caller.key}` : ''
  return `/cases/new?channel=phone${key}`
}
