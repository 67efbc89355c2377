'use client'

import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { type NavItem, Tabs } from '#components/nav.tsx'
import { Pagination } from '#components/pagination.tsx'
import { pathOf } from './address.ts'
import { Desk } from './desk.tsx'
import { useShown } from './live-queue.tsx'
import type { Counts } from './query.ts'
import { QueueTable } from './table.tsx'

export type ListTab = Omit<NavItem, 'count' | 'label' | 'current'> & { label: string; count?: keyof Counts }

/** The lists one goes through in a shift, the one that is shown marked; each with its count. */
export function ListTabs({
  label,
  tabs,
  cap,
  many,
}: {
  label: string
  tabs: ListTab[]
  cap: number
  many: string
}) {
  const {
    list: { counts },
    bare,
  } = useShown()
  const here = pathOf(bare)
  const items = tabs.map(({ count, ...tab }) => {
    const n = count ? counts[count] : 0
    const shown = { ...tab, current: tab.href === here }
    return n > cap ? { ...shown, label: `${tab.label} ${many}` } : { ...shown, count: n > 0 ? n : undefined }
  })
  return <Tabs label={label} items={items} />
}

type DeskProps = Omit<ComponentProps<typeof Desk>, 'now' | 'children'>
type TableProps = Omit<ComponentProps<typeof QueueTable>, 'lines' | 'now' | 'words'>

/** The rows; another list is another desk: nothing chosen, nothing answered. */
export function ListRows({
  table,
  who,
  picks,
  ...desk
}: DeskProps & TableProps & { table: ComponentProps<typeof QueueTable>['words'] }) {
  const {
    list: { at, lines },
    query,
  } = useShown()
  return (
    <Desk key={query} {...desk} now={at}>
      <QueueTable {...{ lines, who, picks }} words={table} now={at} />
    </Desk>
  )
}

/** The way to the next rows, and back to the first. */
export function ListPages(words: Omit<ComponentProps<typeof Pagination>, 'next' | 'previous'>) {
  const { list, query, bare } = useShown()
  const ahead = pathOf(bare)
  const next = list.next && `${ahead}${bare ? '&' : '?'}after=${list.next}`
  return <Pagination {...words} previous={query === bare ? null : ahead} next={next} />
}

/** Filters kept under a name. */
export function ListView({ query, children }: { query: string; children: ReactNode }) {
  const { bare } = useShown()
  return (
    <Link
      prefetch={false}
      href={pathOf(query)}
      aria-current={query === bare ? 'page' : undefined}
      className="inline-flex min-h-8 items-center aria-[current]:font-bold"
    >
      {children}
    </Link>
  )
}

/** Drawn while these filters are shown. */
export function WhileShown({ query, children }: { query: string; children: ReactNode }) {
  return useShown().bare === query ? children : null
}

/** Drawn while filters are shown that bear no name yet. */
export function WhileUnnamed({ named, children }: { named: string[]; children: ReactNode }) {
  const { bare } = useShown()
  return bare !== '' && !named.includes(bare) ? children : null
}

/** The filters that are shown, for a form that keeps them. */
export function ShownQuery({ name }: { name: string }) {
  return <input type="hidden" name={name} value={useShown().bare} />
}

/** The whole of the list that is shown, to take away. */
export function TakeAway({ children }: { children: ReactNode }) {
  const { bare } = useShown()
  return (
    <a
      href={`/api/v1/exports/cases${bare && `?${bare}`}`}
      download
      className="inline-flex min-h-8 items-center coarse:min-h-11 sm:ml-auto"
    >
      {children}
    </a>
  )
}
