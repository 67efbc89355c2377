'use client'

import type { ReactNode } from 'react'

/**
 * A code to be read aloud and copied by hand: large, in groups, each sign told from the others. `spoken` is what a
 * voice should say, sign by sign; the eye and the clipboard get `code` itself.
 */
export function SpokenCode({
  label,
  code,
  spoken,
  hint,
}: {
  label: ReactNode
  code: string
  spoken: string
  hint?: ReactNode
}) {
  const parts = [...code.matchAll(/-|[^-]+/g)].map(({ 0: part, index }) => ({ part, at: index }))
  return (
    <div className="rounded-m border-2 border-accent bg-accent-soft p-4 sm:p-5" data-keep>
      <p className="font-semibold">{label}</p>
      <p className="mt-1 font-mono text-[clamp(1.75rem,8.6vw,3.25rem)] leading-tight font-bold whitespace-nowrap text-ink">
        <span aria-hidden="true" className="select-all">
          {parts.map(({ part, at }) => (
            <span key={at} className={part === '-' ? 'px-[0.1em] text-accent' : undefined}>
              {part}
            </span>
          ))}
        </span>
        <span className="sr-only">{spoken}</span>
      </p>
      {hint && <p className="mt-1 text-soft">{hint}</p>}
    </div>
  )
}
