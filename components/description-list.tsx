'use client'

import type { ReactNode } from 'react'

export type Description = { term: ReactNode; value: ReactNode; key?: string }

/** Facts: a term, its value. Nothing is shown for a value that is missing. In two columns they are short, and stand two beside each other on a telephone too. */
export function DescriptionList({ items, columns = 1 }: { items: Description[]; columns?: 1 | 2 }) {
  return (
    <dl className={`grid gap-x-4 lg:gap-x-8 ${columns === 2 ? 'grid-cols-2' : ''}`}>
      {items
        .filter(
          (item) =>
            item.value !== null && item.value !== undefined && item.value !== false && item.value !== '',
        )
        .map((item, index) => (
          <div
            key={item.key ?? index}
            className={`grid grid-cols-1 content-start gap-x-4 border-b border-line py-1.5 ${columns === 2 ? 'lg:grid-cols-[min(13rem,35%)_1fr]' : 'sm:grid-cols-[min(13rem,35%)_1fr]'}`}
          >
            <dt className="text-sm leading-6 text-soft">{item.term}</dt>
            <dd className="min-w-0">{item.value}</dd>
          </div>
        ))}
    </dl>
  )
}
