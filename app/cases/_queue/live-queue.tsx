'use client'

import { type ComponentProps, createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { readByOwnWay } from '#app/_live/own-reading.ts'
import { type NavItem, Tabs } from '#components/nav.tsx'
import { Pagination } from '#components/pagination.tsx'
import { Desk } from './desk.tsx'
import type { QueueList } from './list.ts'
import type { Counts } from './query.ts'
import { QueueTable } from './table.tsx'

const Shown = createContext<QueueList>({
  ...{ at: '', lines: [], next: null },
  counts: { overdue: 0, received: 0, mine: 0, residual: 0 },
})

/** Longer, and the page is read whole, which says since when nothing answers. */
const LONGEST_MS = 5_000

/**
 * What the rows, the counts and the pages of the queue draw: what the page was made of, then what a hint made it read anew, as
 * JSON, for a tenth of what the page costs. `query`: of the list, as /api/queue reads it; null when only the page can read it.
 */
export function LiveQueue({
  first,
  query,
  children,
}: {
  first: QueueList
  query: string | null
  children: ReactNode
}) {
  const [later, setLater] = useState<{ query: string; list: QueueList } | null>(null)

  useEffect(() => {
    if (query === null) return
    return readByOwnWay(async ({ events }) => {
      if (events.length === 0 || !events.every(isOfRows)) return null
      const list = await readAgain(query)
      return list && (() => setLater({ query, list }))
    })
  }, [query])

  const shown = later && later.query === query && later.list.at > first.at ? later.list : first
  return <Shown value={shown}>{children}</Shown>
}

/** What happened to cases, or to one's messages, moves nothing else on the page; anything else may. */
function isOfRows(event: string): boolean {
  return event.startsWith('case.') || event === 'inbox'
}

async function readAgain(query: string): Promise<QueueList | null> {
  try {
    const signal = AbortSignal.timeout(LONGEST_MS)
    const answer = await fetch(`/api/queue?${query}`, { cache: 'no-store', signal })
    const list = answer.ok ? ((await answer.json()) as QueueList) : null
    // An empty list has words of its own, which the page writes.
    return list && list.lines.length > 0 ? list : null
  } catch {
    return null
  }
}

export type ListTab = Omit<NavItem, 'count' | 'label'> & { label: string; count?: keyof Counts }

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
  const { counts } = useContext(Shown)
  const items = tabs.map(({ count, ...tab }) => {
    const n = count ? counts[count] : 0
    return n > cap ? { ...tab, label: `${tab.label} ${many}` } : { ...tab, count: n > 0 ? n : undefined }
  })
  return <Tabs label={label} items={items} />
}

type DeskProps = Omit<ComponentProps<typeof Desk>, 'now' | 'children'>
type TableProps = Omit<ComponentProps<typeof QueueTable>, 'lines' | 'now' | 'words'>

export function ListRows({
  table,
  who,
  picks,
  ...desk
}: DeskProps & TableProps & { table: ComponentProps<typeof QueueTable>['words'] }) {
  const { at, lines } = useContext(Shown)
  return (
    <Desk {...desk} now={at}>
      <QueueTable {...{ lines, who, picks }} words={table} now={at} />
    </Desk>
  )
}

/** `ahead`: the address of the next page, but for its place. */
export function ListPages({
  ahead,
  ...pages
}: Omit<ComponentProps<typeof Pagination>, 'next'> & { ahead: string }) {
  const { next } = useContext(Shown)
  return <Pagination {...pages} next={next && `${ahead}${ahead.includes('?') ? '&' : '?'}after=${next}`} />
}
