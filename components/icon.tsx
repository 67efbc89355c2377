'use client'

import type { ReactNode } from 'react'

/** Drawn for this product on a 16 × 16 grid; line in the colour of the text around. */
const DRAWINGS = {
  phone: (
    <path d="M4.2 2.2 6 2l1.3 3-1.4 1.2c.7 1.6 2.2 3.1 3.9 3.9L11 8.7l3 1.3-.2 1.8c-.1 1-1 1.7-2 1.6C6.9 12.9 3.1 9.1 2.6 4.2c-.1-1 .6-1.9 1.6-2Z" />
  ),
  check: <path d="m2.5 8.5 3.5 3.5 7.5-8" />,
  cross: <path d="m3.5 3.5 9 9m0-9-9 9" />,
  plus: <path d="M8 2.5v11M2.5 8h11" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.5V8l2.5 1.8" />
    </>
  ),
  late: (
    <>
      <path d="M8 1.8 14.6 13.7H1.4Z" />
      <path d="M8 6v3.6M8 11.4v.4" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 7.2v4M8 4.4v.5" />
    </>
  ),
  danger: (
    <>
      <path d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4Z" />
      <path d="M8 4.6v4.2M8 11v.5" />
    </>
  ),
  ok: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="m5 8.3 2.1 2.2L11.2 6" />
    </>
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1" />
      <path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7" />
    </>
  ),
  megaphone: (
    <>
      <path d="M2 6.3v3.4h2.6L11 13V3L4.6 6.3Z" />
      <path d="M13.3 6.2a2.6 2.6 0 0 1 0 3.6" />
    </>
  ),
  bell: (
    <>
      <path d="M3 12h10l-1.3-2V6.800a3.700 3.700 0 0 0-7.400 0V10Z" />
      <path d="M6.600 14.200h2.800" />
    </>
  ),
  bell_off: (
    <>
      <path d="M3 12h10l-1.3-2V6.800a3.700 3.700 0 0 0-7.400 0V10Z" />
      <path d="m2 2 12 12" />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5" r="2.8" />
      <path d="M2.5 14c.4-3 2.5-4.5 5.5-4.5s5.1 1.5 5.5 4.5" />
    </>
  ),
  people: (
    <>
      <circle cx="6" cy="5.5" r="2.4" />
      <path d="M1.5 13.5c.3-2.6 2-4 4.5-4s4.2 1.4 4.5 4M10.6 3.3a2.3 2.3 0 0 1 0 4.4M12.2 9.9c1.4.5 2.2 1.7 2.4 3.6" />
    </>
  ),
  down: <path d="m3.5 6 4.5 4.5L12.5 6" />,
  right: <path d="M6 3.5 10.5 8 6 12.5" />,
  left: <path d="M10 3.5 5.5 8l4.5 4.5" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.5 10.5 3.5 3.5" />
    </>
  ),
  filter: <path d="M2 3.5h12M4.5 8h7M6.5 12.5h3" />,
  link: (
    <path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.8-.8" />
  ),
  pin: (
    <>
      <path d="M8 14.5s-4.7-4.4-4.7-7.8a4.7 4.7 0 0 1 9.4 0c0 3.4-4.7 7.8-4.7 7.8Z" />
      <circle cx="8" cy="6.6" r="1.6" />
    </>
  ),
  pencil: <path d="m2.5 13.5.7-3.2 7.5-7.5 2.5 2.5-7.5 7.5ZM9.3 4.2l2.5 2.5" />,
  eye: (
    <>
      <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z" />
      <circle cx="8" cy="8" r="1.9" />
    </>
  ),
  refresh: <path d="M13.5 8a5.5 5.5 0 1 1-1.7-4M13.5 1.8v3h-3" />,
  moon: <path d="M13.3 9.8A5.8 5.8 0 0 1 6.2 2.7a5.8 5.8 0 1 0 7.1 7.1Z" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M13 3l-1.2 1.2M4.2 11.8 3 13" />
    </>
  ),
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof DRAWINGS

/** Beside a word, never instead of it: hidden from screen readers. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  // A colour given alone must not take the size away.
  const size = /(^|\s)size-/.test(className) ? '' : 'size-[1.1em]'
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className={`inline-block shrink-0 align-[-0.18em] ${size} ${className}`}
    >
      {DRAWINGS[name]}
    </svg>
  )
}

/** One to four bars filled: says the rank without its colour. */
export function Gauge({ filled, of = 4 }: { filled: number; of?: number }) {
  return (
    <svg
      viewBox={`0 0 ${of * 4 - 1} 12`}
      aria-hidden="true"
      focusable="false"
      className="inline-block h-[0.8em] w-auto shrink-0"
    >
      {Array.from({ length: of }, (_, i) => i).map((i) => (
        <rect
          key={i}
          x={i * 4 + 0.5}
          y={9.5 - i * 2.5}
          width="2"
          height={2 + i * 2.5}
          fill={i < filled ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="0.9"
          opacity={i < filled ? 1 : 0.6}
        />
      ))}
    </svg>
  )
}
