import type { Baseline } from './baseline.ts'
import { MINUTE } from './facts.ts'
import { wallClock } from './local-time.ts'
import { SCOPE_KINDS, type ScopeKind } from './scopes.ts'
import type { Weighed } from './weighed.ts'

type Rates = Pick<Baseline, 'perDay' | 'outsidePerDay' | 'week' | 'shares'>
const BLOCK = 180 * MINUTE

/** Quasi-Poisson, kind by kind; a kind of many scopes is read from all of them together. */
export function dispersionsOf(
  own: readonly Weighed[],
  outside: readonly Weighed[],
  span: { from: number; to: number },
  rates: Rates,
): Record<ScopeKind, number> {
  const blocks = Math.max(1, Math.floor((span.to - span.from) / BLOCK))
  const sums = new Map<string, Map<number, number>>()
  for (const { voice, weight } of [...own, ...outside]) {
    const index = Math.floor((voice.at - span.from) / BLOCK)
    if (index >= blocks) continue
    for (const { kind, key } of voice.scopes) {
      if (voice.outside !== (kind === 'outside')) continue
      const of = sums.get(key) ?? new Map<number, number>()
      sums.set(key, of.set(index, (of.get(index) ?? 0) + weight))
    }
  }
  const usual = Array.from(
    { length: blocks },
    (_, index) => rates.week[wallClock(span.from + (index + 0.5) * BLOCK).hourOfWeek] ?? 1,
  )
  const of = (kind: ScopeKind) => {
    const scopes = [...sums].filter(([key]) => key.startsWith(`${kind}:`))
    const perDay = (key: string) =>
      kind === 'outside'
        ? rates.outsidePerDay
        : rates.perDay * (kind === 'country' ? 1 : (rates.shares[key] ?? 0))
    return dispersionOf(
      scopes.map(([key, counts]) => ({ counts, mean: perDay(key) / 8 })),
      usual,
    )
  }
  const kinds = SCOPE_KINDS.map((kind) => [kind, of(kind)] as const)
  const found = Object.fromEntries(kinds) as Record<ScopeKind, number>
  return { ...found, outside: Math.max(1.5, found.outside) }
}

/** Variance over mean of the blocks, without the worst hundredth, which are no ordinary hours. */
function dispersionOf(
  scopes: readonly { counts: ReadonlyMap<number, number>; mean: number }[],
  usual: readonly number[],
): number {
  if (usual.length < 40 || scopes.length === 0) return 1.2
  const blocks = scopes.flatMap(({ counts, mean }) =>
    usual.map((factor, index) => {
      const expected = Math.max(0.002, mean * factor)
      return { expected, square: ((counts.get(index) ?? 0) - expected) ** 2 }
    }),
  )
  blocks.sort((a, b) => a.square / a.expected - b.square / b.expected)
  const kept = blocks.slice(0, Math.ceil(blocks.length * 0.99))
  const sum = (of: (one: (typeof kept)[number]) => number) => kept.reduce((total, one) => total + of(one), 0)
  return Math.min(3, Math.max(1, sum((one) => one.square) / sum((one) => one.expected)))
}
