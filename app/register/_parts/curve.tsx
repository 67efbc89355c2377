import type { Survival } from '../rules/views.ts'

const [WIDE, HIGH] = [600, 180]

/** How many losses were still unseen after so many minutes: a staircase, drawn by the server. Its table stands beneath it. */
export function Curve({ survival: { points }, label }: { survival: Survival; label: string }) {
  const last = Math.max(60, ...points.map(({ minutes }) => minutes))
  const x = (minutes: number) => (minutes / last) * WIDE
  const y = (share: number) => HIGH - share * (HIGH - 8)
  const path = points
    .map(({ minutes, share }, at) => (at === 0 ? `M0 ${y(share)}` : `H${x(minutes)}V${y(share)}`))
    .join('')
  const hours = Array.from({ length: Math.floor(last / 60) }, (_, at) => (at + 1) * 60)
  return (
    <svg
      viewBox={`0 0 ${WIDE} ${HIGH}`}
      preserveAspectRatio="none"
      className="block h-48 w-full border-b-2 border-l-2 border-edge"
      role="img"
      aria-label={label}
    >
      {hours.map((minutes) => (
        <line
          key={minutes}
          x1={x(minutes)}
          x2={x(minutes)}
          y1="0"
          y2={HIGH}
          className="stroke-line"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      <path
        d={`${path}H${WIDE}`}
        className="fill-none stroke-accent"
        strokeWidth="3"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
