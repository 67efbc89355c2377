import { type ReactNode, useId } from 'react'

export type MapTone = 'none' | 'n1' | 'n2' | 'n3' | 'n4' | 'ok'

/** A shape drawn at its place: here, or taken from a file of shapes that the browser keeps. */
export type MapPath = { code: string; name: string } & ({ d: string } | { href: string })
/** A place too far to be drawn: a square with its code. */
export type MapTile = { code: string; name: string; label: string }
export type MapState = { tone: MapTone; text: string }

const FILLS: Record<MapTone, string> = {
  none: 'fill-sunken',
  ok: 'fill-ok-soft',
  n1: 'fill-level-n1',
  n2: 'fill-level-n2',
  n3: 'fill-level-n3',
  n4: 'fill-level-n4',
}

/** Hatching says the rank where colour does not: none, none, dots, stripes, crossed stripes. */
const HATCHES: Record<MapTone, 'dots' | 'stripes' | 'crossed' | null> = {
  none: null,
  ok: null,
  n1: null,
  n2: 'dots',
  n3: 'stripes',
  n4: 'crossed',
}

/**
 * Shapes and tiles coloured by state. A picture for the eye only: `table` says the same in words, and is what a
 * screen reader and a keyboard meet.
 */
export function TileMap({
  label,
  viewBox,
  paths,
  tiles,
  states,
  tableLabel,
  table,
  look = 'max-h-[70dvh]',
}: {
  label: string
  viewBox: string
  paths: MapPath[]
  tiles: MapTile[]
  states: Record<string, MapState | undefined>
  /** Without one, the page says the same elsewhere. */
  tableLabel?: ReactNode
  table?: ReactNode
  /** How high the picture may be. */
  look?: string
}) {
  const own = useId().replaceAll(/[^\w-]/g, '')
  // Graver shapes last, so that their edges lie over their neighbours'.
  const order = Object.keys(FILLS)
  const rank = (code: string) => order.indexOf(states[code]?.tone ?? 'none')
  const sorted = [...paths].sort((a, b) => rank(a.code) - rank(b.code))
  return (
    <figure className="grid gap-3">
      <div role="img" aria-label={label}>
        <svg viewBox={viewBox} className={`mx-auto block h-auto w-full ${look}`} aria-hidden="true">
          <Hatches own={own} />
          {sorted.map((path) => (
            <Place key={path.code} own={own} name={path.name} state={states[path.code]}>
              {(className, fill) => {
                const drawn = { className, fill, vectorEffect: 'non-scaling-stroke' }
                return 'd' in path ? <path d={path.d} {...drawn} /> : <use href={path.href} {...drawn} />
              }}
            </Place>
          ))}
        </svg>
        <ul className="mt-2 flex flex-wrap justify-center gap-1.5" aria-hidden="true">
          {tiles.map((tile) => (
            <li key={tile.code}>
              <svg viewBox="0 0 48 36" className="block h-9 w-12" aria-hidden="true">
                <Place own={own} name={tile.name} state={states[tile.code]}>
                  {(className, fill) => (
                    <rect x="1" y="1" width="46" height="34" rx="3" className={className} fill={fill} />
                  )}
                </Place>
                <rect x="7" y="9" width="34" height="18" rx="2" className="fill-raised" />
                <text x="24" y="23" textAnchor="middle" className="fill-ink text-[13px] font-bold">
                  {tile.label}
                </text>
              </svg>
            </li>
          ))}
        </ul>
      </div>
      {table && (
        <details>
          <summary className="inline-flex min-h-11 items-center font-semibold text-accent">
            {tableLabel}
          </summary>
          {table}
        </details>
      )}
    </figure>
  )
}

function Place({
  own,
  name,
  state,
  children,
}: {
  own: string
  name: string
  state: MapState | undefined
  children: (className: string, fill?: string) => ReactNode
}) {
  const tone = state?.tone ?? 'none'
  const hatch = HATCHES[tone]
  const edge = tone === 'none' ? 'stroke-line' : 'stroke-ink'
  return (
    <g>
      <title>{state ? `${name} – ${state.text}` : name}</title>
      {children(`${FILLS[tone]} ${edge}`)}
      {hatch && children('stroke-none', `url(#${own}-${hatch})`)}
    </g>
  )
}

function Hatches({ own }: { own: string }) {
  return (
    <defs>
      <pattern id={`${own}-dots`} width="7" height="7" patternUnits="userSpaceOnUse">
        <circle cx="2" cy="2" r="1.1" className="fill-on-level-n2" />
      </pattern>
      <pattern
        id={`${own}-stripes`}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path d="M0 0v6" strokeWidth="2" className="stroke-on-level-n3" />
      </pattern>
      <pattern
        id={`${own}-crossed`}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path d="M0 0v6M0 0h6" strokeWidth="2" className="stroke-on-level-n4" />
      </pattern>
    </defs>
  )
}
