const MINUTE = 60_000
/** Widths of a bar, the finest first: the first with which the whole span stays under the most bars an eye can count. */
const WIDTHS_MIN = [5, 15, 60, 360, 1440]
const MOST_BARS = 36

export type Bar = { from: number; count: number }
export type Curve = { widthMin: number; bars: Bar[] }

/** Reports over time, from the first to the last, empty bars included. Instants in milliseconds. */
export function curveOf(instants: readonly number[]): Curve {
  if (instants.length === 0) return { widthMin: WIDTHS_MIN[0] as number, bars: [] }
  const [first, last] = [Math.min(...instants), Math.max(...instants)]
  const widthMin =
    WIDTHS_MIN.find((width) => (last - first) / (width * MINUTE) < MOST_BARS) ??
    Math.ceil((last - first) / (MOST_BARS * 1440 * MINUTE)) * 1440
  const width = widthMin * MINUTE
  const start = Math.floor(first / width) * width
  const bars = Array.from({ length: Math.floor((last - start) / width) + 1 }, (_, rank) => ({
    from: start + rank * width,
    count: 0,
  }))
  for (const at of instants) {
    const bar = bars[Math.floor((at - start) / width)]
    if (bar) bar.count += 1
  }
  return { widthMin, bars }
}

/** Reports of the last while, in bars of one width: the same time is as wide on the screen whenever one looks. */
export function curveUntil(instants: readonly number[], now: number, widthMin: number, bars: number): Curve {
  const width = widthMin * MINUTE
  const start = (Math.floor(now / width) + 1 - bars) * width
  const made = Array.from({ length: bars }, (_, rank) => ({ from: start + rank * width, count: 0 }))
  for (const at of instants) {
    const bar = made[Math.floor((at - start) / width)]
    if (bar) bar.count += 1
  }
  return { widthMin, bars: made }
}
