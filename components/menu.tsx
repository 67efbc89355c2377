'use client'

import { type ReactNode, useRef } from 'react'
import { Icon } from './icon.tsx'
import { useClosingFold } from './use-closing-fold.ts'

const LEFT = ['click', 'focusin'] as const

/**
 * A few links or buttons under one button. A native fold, so it opens without JavaScript; with it, Escape, a click
 * elsewhere or leaving by Tab closes it. `onBar` when it stands in the dark bar.
 */
export function Menu({ label, onBar, children }: { label: ReactNode; onBar?: boolean; children: ReactNode }) {
  const fold = useRef<HTMLDetailsElement>(null)
  useClosingFold(fold, LEFT)
  return (
    <details ref={fold} className="relative">
      <summary
        className={`flex min-h-11 list-none items-center gap-1.5 rounded-m px-2.5 [&::-webkit-details-marker]:hidden ${
          onBar
            ? 'hover:bg-bar-hover hover:text-on-bar'
            : 'border border-edge bg-raised font-semibold text-accent hover:bg-hover'
        }`}
      >
        {label}
        <Icon name="down" className="size-[0.9em]" />
      </summary>
      <div
        data-menu
        className="absolute right-0 z-40 mt-1 grid min-w-56 gap-0.5 rounded-m border border-edge bg-raised p-1.5 text-ink shadow-over"
      >
        {children}
      </div>
    </details>
  )
}

/** The look of a line of a menu, for a link as for a button. */
export const MENU_LINE =
  'flex w-full min-h-11 items-center gap-2 rounded-s px-2.5 text-left text-ink no-underline hover:bg-hover hover:text-ink'
