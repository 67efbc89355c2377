'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'

/** A row to slide begins where the current place is seen. */
const SHOWN = '[scroll-initial-target:nearest]'

export type NavItem = { href: string; label: ReactNode; current?: boolean; count?: number }

/** The places of the product, in the bar. On a telephone it is a row to slide, never hidden behind a button. */
export function Nav({ label, items }: { label: string; items: NavItem[] }) {
  return (
    <nav aria-label={label} className="overflow-x-auto">
      <ul className="flex gap-0.5 px-3 sm:px-0">
        {items.map((item) => (
          <li key={item.href} className={item.current ? SHOWN : ''}>
            <Link
              href={item.href}
              prefetch={false}
              aria-current={item.current ? 'page' : undefined}
              className={`inline-flex min-h-12 items-center gap-1.5 border-b-[3px] px-2 whitespace-nowrap min-[84rem]:px-2.5 no-underline hover:bg-bar-hover hover:text-on-bar ${
                item.current
                  ? 'border-bar-mark font-bold text-on-bar'
                  : 'border-transparent text-bar-soft forced:border-[Canvas]'
              }`}
            >
              {item.label}
              <Count of={item.count} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The parts of one thing; each is a page with its own address. */
export function Tabs({ label, items }: { label: string; items: NavItem[] }) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-b border-edge">
      <ul className="flex gap-1">
        {items.map((item) => (
          <li key={item.href} className={item.current ? SHOWN : ''}>
            <Link
              href={item.href}
              prefetch={false}
              aria-current={item.current ? 'page' : undefined}
              className={`inline-flex min-h-11 items-center gap-1.5 border-b-[3px] px-3 whitespace-nowrap no-underline hover:bg-hover ${
                item.current
                  ? 'border-accent font-bold text-ink'
                  : 'border-transparent text-soft forced:border-[Canvas]'
              }`}
            >
              {item.label}
              <Count of={item.count} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Count({ of }: { of: number | undefined }) {
  if (of === undefined) return null
  return (
    <span className="rounded-full border border-current px-1.5 text-xs leading-5 font-semibold tabular-nums">
      {of}
    </span>
  )
}
