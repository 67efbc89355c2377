'use client'

import { type ReactNode, useEffect, useState } from 'react'

/** A fold that never hides an answer: when something inside is chosen from outside (a draft put back), it opens. */
export function Fold({
  summary,
  startsOpen = false,
  children,
}: {
  summary: string
  startsOpen?: boolean
  children: ReactNode
}) {
  const [open, setOpen] = useState(startsOpen)
  // Asked for by a link of the same page.
  useEffect(() => {
    if (startsOpen) setOpen(true)
  }, [startsOpen])
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onChange={() => setOpen(true)}
      className="rounded-m"
    >
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-semibold text-accent underline underline-offset-4">
        {summary}
      </summary>
      <div className="mt-2 grid gap-4">{children}</div>
    </details>
  )
}
