import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

/** The actions on what is shown. */
export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would belong to a form; these are separate buttons and links.
    <div role="group" aria-label={label} data-screen-only className="flex flex-wrap items-center gap-2">
      {children}
    </div>
  )
}

/**
 * Filters as a plain GET form: they stand in the address, can be kept as a link, and work without JavaScript.
 * On a telephone they fold; `open` when one is active.
 */
export function FilterBar({
  label,
  action,
  submit,
  open,
  reset,
  children,
}: {
  label: string
  action: string
  submit: string
  open?: boolean
  /** The link that takes every filter away. */
  reset?: ReactNode
  children: ReactNode
}) {
  return (
    <details open={open} data-screen-only className="rounded-m border border-line bg-raised">
      <summary className="flex min-h-11 items-center gap-2 px-3 font-semibold">
        <Icon name="filter" /> {label}
      </summary>
      <form
        action={action}
        method="get"
        className="grid items-end gap-3 border-t border-line p-3 [grid-template-columns:repeat(auto-fill,minmax(min(100%,12rem),1fr))]"
      >
        {children}
        <div className="flex flex-wrap items-center gap-3">
          <Button kind="primary">{submit}</Button>
          {reset}
        </div>
      </form>
    </details>
  )
}
