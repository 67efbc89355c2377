const HEIGHT = 90
const STEP = 16

/** Bars in a row, the tallest as high as the picture: for the eye, with a sentence for the ear. */
export function Bars({
  counts,
  label,
  wide = counts.length,
  look = 'h-24',
}: {
  counts: readonly number[]
  label: string
  /** Room for so many: two bars must not fill the width. */
  wide?: number
  look?: string
}) {
  const most = Math.max(1, ...counts)
  return (
    <svg
      viewBox={`0 0 ${wide * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={`block w-full border-b-2 border-edge ${look}`}
      role="img"
      aria-label={label}
    >
      {counts.map((count, rank) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
          key={rank}
          x={rank * STEP + 1}
          width={STEP - 2}
          y={HEIGHT - (count / most) * (HEIGHT - 4)}
          height={(count / most) * (HEIGHT - 4)}
          className="fill-accent"
        />
      ))}
    </svg>
  )
}
