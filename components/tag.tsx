'use client'

import type { ReactNode } from 'react'
import { Gauge, Icon, type IconName } from './icon.tsx'

export type Tone = 'neutral' | 'accent' | 'info' | 'ok' | 'warn' | 'danger' | 'n1' | 'n2' | 'n3' | 'n4'

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink border-edge',
  accent: 'bg-accent-soft text-accent border-accent',
  info: 'bg-info-soft text-info border-info',
  ok: 'bg-ok-soft text-ok border-ok',
  warn: 'bg-warn-soft text-warn border-warn',
  danger: 'bg-danger-soft text-danger border-danger',
  n1: 'bg-level-n1 text-on-level-n1 border-edge',
  n2: 'bg-level-n2 text-on-level-n2 border-on-level-n2',
  n3: 'bg-level-n3 text-on-level-n3 border-level-n3',
  n4: 'bg-level-n4 text-on-level-n4 border-level-n4',
}

/** Each tone has a shape of its own: the colour only repeats it. */
const SHAPES: Record<Tone, IconName | number | null> = {
  neutral: null,
  accent: null,
  info: 'info',
  ok: 'ok',
  warn: 'late',
  danger: 'danger',
  n1: 1,
  n2: 2,
  n3: 3,
  n4: 4,
}

/** A short word with its tone. Tones n1 to n4 carry a gauge of one to four bars. */
export function Tag({
  tone = 'neutral',
  icon,
  strong,
  children,
}: {
  tone?: Tone
  icon?: IconName
  strong?: boolean
  children: ReactNode
}) {
  const shape = icon ?? SHAPES[tone]
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-s border px-1.5 align-baseline whitespace-nowrap max-[26rem]:whitespace-normal ${
        strong ? 'py-0.5 text-base' : 'text-sm'
      } leading-6 font-semibold ${TONES[tone]}`}
    >
      {typeof shape === 'number' ? (
        <Gauge filled={shape} />
      ) : (
        shape && <Icon name={shape} className="size-[1em]" />
      )}
      {children}
    </span>
  )
}

/** An icon and a word, without a box: a fact inside a line. */
export function Badge({
  icon,
  tone = 'neutral',
  children,
}: {
  icon: IconName
  tone?: Tone
  children: ReactNode
}) {
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${BADGES[tone]}`}>
      <Icon name={icon} className="size-[1em]" />
      {children}
    </span>
  )
}

const BADGES: Record<Tone, string> = {
  neutral: 'text-soft',
  accent: 'text-accent',
  info: 'text-info',
  ok: 'text-ok',
  warn: 'text-warn font-semibold',
  danger: 'text-danger font-semibold',
  n1: 'text-soft',
  n2: 'text-warn',
  n3: 'text-danger font-semibold',
  n4: 'text-danger font-bold',
}
