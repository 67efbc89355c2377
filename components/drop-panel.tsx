'use client'

import { type ReactNode, useRef } from 'react'
import { Icon } from './icon.tsx'
import { useClosingFold } from './use-closing-fold.ts'

const LEFT = ['pointerdown'] as const

/**
 * What a line has no room for, laid over the page and never pushing it: nothing moves under a resting pointer. A native fold,
 * so it opens without JavaScript; with it, Escape or a press elsewhere closes it. It hangs from the nearest positioned parent.
 */
export function DropPanel({
  label,
  look = '',
  children,
}: {
  label: ReactNode
  /** Colours of the button. */
  look?: string
  children: ReactNode
}) {
  const fold = useRef<HTMLDetailsElement>(null)
  useClosingFold(fold, LEFT)
  return (
    <details ref={fold} data-drop data-screen-only>
      <summary
        className={`flex min-h-9 items-center gap-1.5 rounded-m border px-2.5 font-bold whitespace-nowrap coarse:min-h-11 ${look}`}
      >
        {label}
        <Icon name="down" className="size-[0.9em]" />
      </summary>
      <div className="absolute inset-x-0 top-full z-30 max-h-[75dvh] overflow-auto border-y border-edge bg-surface text-ink shadow-over">
        {children}
      </div>
    </details>
  )
}
