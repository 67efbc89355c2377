/**
 * Bandeau: what its one line may say, the most pressing first. The line has room for one; the others are counted behind it.
 * You are called and nobody answered; a decision is asked; the cell is in crisis; what watches the service does not; then
 * hands and hours that are missing, and what may wait.
 */
export const STRIP_ITEMS = [
  'called',
  'decision',
  'active',
  'service',
  'to_call',
  'call_back',
  'hole_now',
  'untold',
  'asked',
  'decided',
  'hole_soon',
  'first_report',
] as const
export type StripItem = (typeof STRIP_ITEMS)[number]

/** How many of each there are now. */
export type StripCounts = Record<StripItem, number>

export type StripLine = {
  /** What the line says; null on a quiet night. */
  first: StripItem | null
  /** What stands behind "+n", each once whatever its count. */
  rest: StripItem[]
}

export function stripLine(counts: StripCounts): StripLine {
  const [first = null, ...rest] = STRIP_ITEMS.filter((item) => counts[item] > 0)
  return { first, rest }
}

/** What "+n" counts: the other things, and the others of the first one's kind. */
export function behind(counts: StripCounts, { first, rest }: StripLine): number {
  const more = (item: StripItem) => (EACH_COUNTS.has(item) ? counts[item] : 1)
  return rest.reduce((sum, item) => sum + more(item), first ? more(first) - 1 : 0)
}

/** Each of these is a question of its own; of the others the number stands in the sentence. */
const EACH_COUNTS: ReadonlySet<StripItem> = new Set(['decision', 'asked', 'service'])
