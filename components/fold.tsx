import type { ReactNode } from 'react'

/** What is asked for by its label, a form above all: closed until then, so that the page stays one to read. Never printed. */
export function Fold({
  label,
  open = false,
  children,
}: {
  label: ReactNode
  open?: boolean
  children: ReactNode
}) {
  return (
    <details open={open} data-screen-only>
      <summary className="inline-flex min-h-11 items-center font-semibold text-accent">{label}</summary>
      <div className="mt-3 border-l-4 border-line pl-4">{children}</div>
    </details>
  )
}
