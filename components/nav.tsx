'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { MENU_LINE, Menu } from './menu.tsx'

/** A row to slide begins where the current place is seen. */
const SHOWN = '[scroll-initial-target:nearest]'

export type NavItem = { href: string; label: ReactNode; current?: boolean; count?: number }

/**
 * The places of the product, in the bar. On a telephone it is a row to slide, never hidden behind a button; where the row stands
 * beside the rest of the bar, `more` folds what is opened less often, so that it stays on one line.
 */
export function Nav({
  label,
  items,
  more,
}: {
  label: string
  items: NavItem[]
  more?: { label: string; items: NavItem[] }
}) {
  const away = more?.items.find(({ current }) => current)
  return (
    <nav aria-label={label} className="overflow-x-auto xl:overflow-visible">
      <ul className="flex gap-0.5 px-3 sm:px-0">
        {items.map((item) => (
          <Place key={item.href} item={item} />
        ))}
        {more?.items.map((item) => (
          <Place key={item.href} item={item} folded />
        ))}
        {more && (
          <li
            className={`border-b-[3px] max-xl:hidden ${away ? 'border-bar-mark font-bold' : 'border-transparent text-bar-soft'}`}
          >
            <Menu onBar label={away?.label ?? more.label}>
              {more.items.map(({ href, label, current }) => (
                <Link
                  key={href}
                  href={href}
                  prefetch={false}
                  aria-current={current ? 'page' : undefined}
                  className={`${MENU_LINE} ${current ? 'font-bold' : 'font-normal'}`}
                >
                  {label}
                </Link>
              ))}
            </Menu>
          </li>
        )}
      </ul>
    </nav>
  )
}

function Place({ item: { href, label, current }, folded }: { item: NavItem; folded?: boolean }) {
  return (
    <li className={`${current ? SHOWN : ''} ${folded ? 'xl:hidden' : ''}`}>
      <Link
        href={href}
        prefetch={false}
        aria-current={current ? 'page' : undefined}
        className={`inline-flex min-h-12 items-center border-b-[3px] px-2 whitespace-nowrap xl:px-1 min-[84rem]:px-2.5 no-underline hover:bg-bar-hover hover:text-on-bar ${
          current
            ? 'border-bar-mark font-bold text-on-bar'
            : 'border-transparent text-bar-soft forced:border-[Canvas]'
        }`}
      >
        {label}
      </Link>
    </li>
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
