'use client'

import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

/** A number to dial when everything else fails: large, selectable, one touch on a telephone. */
export function PhoneNumberLarge({
  label,
  display,
  href,
  hint,
  action,
}: {
  label: ReactNode
  display: string
  href: string
  hint?: ReactNode
  /** Full sentence for a screen reader, e.g. the words for “call 01 …”. */
  action: string
}) {
  return (
    <div className="rounded-m border-2 border-ink bg-raised p-4 sm:p-5" data-keep>
      <p className="text-base font-semibold">{label}</p>
      <a
        href={href}
        aria-label={action}
        className="mt-1 inline-flex min-h-14 items-center gap-3 text-[clamp(1.7rem,8.4vw,2.75rem)] font-bold whitespace-nowrap tabular-nums text-ink no-underline hover:text-accent"
      >
        <Icon name="phone" className="size-[0.8em] text-accent" />
        {display}
      </a>
      {hint && <p className="mt-1 text-soft">{hint}</p>}
    </div>
  )
}
