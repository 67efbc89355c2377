'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Tone } from './tag.tsx'

const EDGES: Partial<Record<Tone, string>> = {
  warn: 'border-l-warn',
  danger: 'border-l-danger',
  ok: 'border-l-ok',
  info: 'border-l-info',
  accent: 'border-l-accent',
  n2: 'border-l-warn',
  n3: 'border-l-level-n3',
  n4: 'border-l-level-n4',
}

/** One figure and what it counts; a link when there is a list behind it. */
export function Stat({
  value,
  label,
  note,
  tone = 'neutral',
  href,
}: {
  value: ReactNode
  label: ReactNode
  note?: ReactNode
  tone?: Tone
  href?: string
}) {
  const box = `block rounded-m border border-line border-l-[5px] bg-raised px-3.5 py-2.5 ${EDGES[tone] ?? 'border-l-edge'}`
  const content = (
    <>
      <span className="block text-sm text-soft">{label}</span>
      <span className="block text-2xl leading-tight font-bold text-ink tabular-nums">{value}</span>
      {note && <span className="block text-sm text-soft">{note}</span>}
    </>
  )
  if (!href) return <div className={box}>{content}</div>
  return (
    <Link href={href} prefetch={false} className={`${box} no-underline hover:bg-hover`}>
      {content}
    </Link>
  )
}
