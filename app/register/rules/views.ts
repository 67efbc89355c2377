import { isDoubtful, type Loss } from './record.ts'

/** Of so many records at least is a share said at all, and of so many with how sure it is [D]. */
export const FEWEST_FOR_SHARE = 5
export const FEWEST_FOR_RANGE = 20

export type Row<Key extends string = string> = { key: Key; count: number }
/** `known` of `all` answer the question; the others are counted, and never guessed. */
export type Answer<Key extends string = string> = {
  rows: Row<Key>[]
  known: number
  all: number
  doubtful: number
}

/** How often each answer was given; what is not known is left out of the rows and said beside them. */
export function countBy<Key extends string>(
  losses: readonly Loss[],
  field: string,
  of: (loss: Loss) => readonly Key[],
): Answer<Key> {
  const counts = new Map<Key, number>()
  let [known, doubtful] = [0, 0]
  for (const loss of losses) {
    const said = of(loss).filter((key) => key !== 'unknown')
    if (said.length === 0) continue
    known += 1
    if (isDoubtful(loss, field)) doubtful += 1
    for (const key of new Set(said)) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const rows = [...counts]
    .map(([key, count]) => ({ key, count }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
  return { rows, known, all: losses.length, doubtful }
}

export type Point = { minutes: number; unseen: number; share: number }
export type Survival = {
  points: Point[]
  known: number
  all: number
  doubtful: number
  median: number | null
}

/** Minutes for which losses stayed unseen: after each, how many of those whose delay is known still were. */
export function survival(losses: readonly Loss[]): Survival {
  const known = losses.filter((loss) => loss.detection.afterMin !== null)
  const delays = known.map((loss) => loss.detection.afterMin as number).sort((a, b) => a - b)
  const points: Point[] = delays.length === 0 ? [] : [{ minutes: 0, unseen: delays.length, share: 1 }]
  for (const minutes of new Set(delays)) {
    const unseen = delays.filter((delay) => delay > minutes).length
    points.push({ minutes, unseen, share: unseen / delays.length })
  }
  return {
    points,
    known: delays.length,
    all: losses.length,
    doubtful: known.filter((loss) => isDoubtful(loss, 'detection.afterMin')).length,
    median: delays.length === 0 ? null : middle(delays),
  }
}

function middle(sorted: readonly number[]): number {
  const half = sorted.length / 2
  return Number.isInteger(half)
    ? ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
    : (sorted[Math.floor(half)] ?? 0)
}

export type Words =
  | { kind: 'nothing'; known: number; all: number }
  | { kind: 'cases'; count: number; known: number; all: number }
  | { kind: 'share'; count: number; known: number; all: number; pct: number }
  | { kind: 'range'; count: number; known: number; all: number; pct: number; low: number; high: number }

/**
 * The words that may be concluded from so many records: none; single cases; a share of these records and of no others; a share with
 * the range (Wilson, 95 %) in which it would lie if they were drawn by chance, which published losses are not: that is said too.
 */
export function wordsFor(count: number, known: number, all: number): Words {
  if (known === 0) return { kind: 'nothing', known, all }
  if (known < FEWEST_FOR_SHARE) return { kind: 'cases', count, known, all }
  const pct = Math.round((count / known) * 100)
  if (known < FEWEST_FOR_RANGE) return { kind: 'share', count, known, all, pct }
  const [low, high] = wilson(count, known)
  return { kind: 'range', count, known, all, pct, low, high }
}

export function wilson(count: number, of: number): [number, number] {
  const [z, p] = [1.96, count / of]
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of)
  const half = (z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of)
  return [Math.max(0, Math.floor((middle - half) * 100)), Math.min(100, Math.ceil((middle + half) * 100))]
}
