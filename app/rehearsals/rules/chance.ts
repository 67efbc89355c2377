/** Chance with a seed: the same seed draws the same year. */
export type Chance = {
  /** In [0, 1). */
  next: () => number
  happens: (share: number) => boolean
  between: (from: number, to: number) => number
  one: <T>(of: readonly T[]) => T
  weighted: <T>(of: readonly (readonly [T, number])[]) => T
  /** Waiting time of a given mean. */
  wait: (mean: number) => number
  /** Skewed to the right, as people's delays are: half are under the median. */
  delay: (median: number, spread: number) => number
  count: (mean: number) => number
}

export function chance(seed: number): Chance {
  // mulberry32: 32 bits of state, enough for lives that compare rules
  let state = (seed * 2_654_435_761 + 97) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const wait = (mean: number) => -mean * Math.log(1 - next())
  return {
    next,
    happens: (share) => next() < share,
    between: (from, to) => from + next() * (to - from),
    one: (of) => of[Math.floor(next() * of.length)] as (typeof of)[number],
    weighted: (of) => {
      let left = next() * of.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [what, weight] of of) {
        left -= weight
        if (left < 0) return what
      }
      return (of.at(-1) as (typeof of)[number])[0]
    },
    wait,
    delay: (median, spread) => median * Math.exp(spread * normal()),
    count: (mean) => {
      let drawn = 0
      for (let sum = wait(1); sum < mean; sum += wait(1)) drawn += 1
      return drawn
    },
  }
}
