const HEIGHT = 90
const STEP = 16

/** Bars in a row, the tallest as high as the picture, and a line over them: for the eye, with a sentence for the ear. */
export function Bars({
  counts,
  line,
  label,
  wide = counts.length,
  look = 'h-24',
}: {
  counts: readonly number[]
  /** As many values, drawn against the bars. */
  line?: readonly number[]
  label: string
  /** Room for so many: two bars must not fill the width. */
  wide?: number
  look?: string
}) {
  const most = Math.max(...counts, ...(line ?? [])) || 1
  const tall = (count: number) => (count / most) * (HEIGHT - 4)
  const bars = counts.map((count, rank) => ({ x: rank * STEP + 1, height: tall(count) }))
  return (
    <svg
      viewBox={`0 0 ${wide * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={`block w-full border-b-2 border-edge ${look}`}
      role="img"
      aria-label={label}
    >
      {bars.map(({ x, height }) => (
        <rect
          key={x}
          x={x}
          width={STEP - 2}
          y={HEIGHT - height}
          height={height}
          className={line ? 'fill-accent-soft stroke-accent' : 'fill-accent'}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {line && (
        <polyline
          points={line.map((value, rank) => `${(rank + 0.5) * STEP},${HEIGHT - tall(value)}`).join(' ')}
          className="fill-none stroke-warn"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  )
}
