'use client'

import { LinkButton } from './button.tsx'

/** Keyset pages: before and after, no count. Nothing is drawn when there is only one page. */
export function Pagination({
  label,
  previous,
  next,
  previousLabel,
  nextLabel,
}: {
  label: string
  previous?: string | null
  next?: string | null
  previousLabel: string
  nextLabel: string
}) {
  if (!previous && !next) return null
  return (
    <nav aria-label={label} data-screen-only className="flex flex-wrap justify-between gap-3 py-3">
      {previous ? (
        <LinkButton href={previous} rel="prev" icon="left">
          {previousLabel}
        </LinkButton>
      ) : (
        <span />
      )}
      {next && (
        <LinkButton href={next} rel="next" icon="right">
          {nextLabel}
        </LinkButton>
      )}
    </nav>
  )
}
