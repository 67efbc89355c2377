import { line } from 'd3-shape'

const [WIDTH, HEIGHT, PAD] = [720, 140, 6]

export type Series = {
  key: string
  /** From nought to one, left to right; null where nothing is known. */
  points: readonly (number | null)[]
  look: 'now' | 'usual' | 'other'
}

const LOOKS: Record<Series['look'], string> = {
  now: 'stroke-accent [stroke-width:2.5]',
  usual: 'stroke-soft [stroke-dasharray:5_4] [stroke-width:1.5]',
  other: 'stroke-warn [stroke-width:2]',
}

/** Shares over time, drawn by the server: one curve against another for the eye, with a sentence for the ear; a table stands beneath. */
export function Curve({ series, label }: { series: readonly Series[]; label: string }) {
  const most = Math.max(2, ...series.map(({ points }) => points.length))
  const draw = line<number | null>()
    .defined((share) => share !== null)
    .x((_, rank) => PAD + (rank * (WIDTH - 2 * PAD)) / (most - 1))
    .y((share) => PAD + (1 - (share ?? 0)) * (HEIGHT - 2 * PAD))
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className="block h-36 w-full border-b-2 border-l-2 border-edge bg-raised"
    >
      {[0.25, 0.5, 0.75, 1].map((share) => (
        <line
          key={share}
          x1={0}
          x2={WIDTH}
          y1={PAD + (1 - share) * (HEIGHT - 2 * PAD)}
          y2={PAD + (1 - share) * (HEIGHT - 2 * PAD)}
          className="stroke-line"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {series.map(({ key, points, look }) => (
        <path
          key={key}
          d={draw([...points]) ?? ''}
          className={`fill-none ${LOOKS[look]}`}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  )
}
