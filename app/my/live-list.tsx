'use client'

import Link from 'next/link'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Locale } from '#app/_i18n/locale.ts'
import type { CountdownWords } from '#app/_i18n/time.ts'
import { isOfRows, readByOwnWay, readListAt } from '#app/_live/own-reading.ts'
import { Countdown } from '#components/countdown.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Pagination } from '#components/pagination.tsx'
import { Tag } from '#components/tag.tsx'
import type { MyLine, MyList } from './list.ts'
import { LEVEL_TONE } from './tones.ts'

const Shown = createContext<MyList | null>(null)

/**
 * What the rows, the numbers of a territory and the pages draw: what the page was made of, then what a hint had it read, as JSON, for
 * a tenth of what the page costs. `query`: the address the page drew, from its question mark on.
 */
export function LiveList({ first, query, children }: { first: MyList; query: string; children: ReactNode }) {
  const [read, setRead] = useState<{ query: string; list: MyList } | null>(null)
  useEffect(
    () =>
      readByOwnWay(async (told) => {
        const list = isOfRows(told) ? await readListAt<MyList>('/api/my', query.slice(1), 'told') : null
        return list && (() => setRead({ query, list }))
      }),
    [query],
  )
  const newer = read?.query === query && read.list.at > first.at
  return <Shown value={newer ? read.list : first}>{children}</Shown>
}

function useShown(): MyList {
  const shown = useContext(Shown)
  if (!shown) throw new Error('a part of the list outside of it')
  return shown
}

const HEADS = ['reference', 'state', 'level', 'what', 'where', 'received', 'next'] as const
export type ListWords = {
  caption: string
  heads: Record<(typeof HEADS)[number], string>
  time: CountdownWords
}

/** The cases; `children` instead of them where there is none. */
export function ListRows({
  words,
  locale,
  children,
}: {
  words: ListWords
  locale: Locale
  children: ReactNode
}) {
  const { lines, at: now } = useShown()
  return (
    <DataTable
      caption={words.caption}
      columns={HEADS.map((key) => ({
        key,
        head: words.heads[key],
        rowHead: key === 'reference',
        cell: (line: MyLine) => CELLS[key](line, { now, locale, words: words.time }),
      }))}
      rows={lines}
      rowKey={({ reference }) => reference}
      rowProps={({ next }) => (next?.late ? { 'data-accent': 'warn' } : {})}
      empty={children}
    />
  )
}

type Clock = { now: string; locale: Locale; words: CountdownWords }

const CELLS: Record<(typeof HEADS)[number], (line: MyLine, clock: Clock) => ReactNode> = {
  reference: ({ reference }) => (
    <Link
      href={`/my/${reference}`}
      prefetch={false}
      className="inline-flex min-h-11 items-center font-mono whitespace-nowrap"
    >
      {reference}
    </Link>
  ),
  state: ({ state }) => <Tag tone={state.tone}>{state.text}</Tag>,
  level: ({ level }) => <Tag tone={LEVEL_TONE[level.level]}>{level.text}</Tag>,
  what: ({ numbers, symptom }) => (
    <>
      <strong className="tabular-nums">{numbers}</strong> <span className="text-soft">{symptom}</span>
    </>
  ),
  where: ({ place, organisation }) => (
    <>
      {place}
      {organisation && <span className="block text-sm text-soft">{organisation}</span>}
    </>
  ),
  received: ({ received }) => (
    <time dateTime={received.at} className="tabular-nums">
      {received.text}
    </time>
  ),
  next: ({ next }, clock) =>
    next ? <Countdown at={next.at} title={next.text} {...clock} /> : <span className="text-soft">–</span>,
}

/** A territory at a glance: each number that fails, the worst first; a press filters the list beneath. */
export function ListNumbers({ title, none, since }: { title: string; none: string; since: string }) {
  const { numbers } = useShown()
  if (!numbers) return null
  return (
    <section aria-labelledby="by-number" className="mt-4">
      <h2 id="by-number" className="text-xl">
        {title}
      </h2>
      {numbers.length === 0 && <p className="mt-1">{none}</p>}
      <ul className="mt-2 grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {numbers.map(({ number, level, open, late, since: from }) => (
          <li key={number}>
            <Link
              href={`/my?standing=open&number=${number}`}
              prefetch={false}
              className={`flex h-full flex-wrap items-baseline gap-x-3 gap-y-1 rounded-m border bg-raised px-3 py-2 text-ink no-underline hover:bg-hover ${late ? 'border-2 border-warn' : 'border-edge'}`}
            >
              <strong className="text-3xl tabular-nums">{number}</strong>
              <Tag tone={LEVEL_TONE[level.level]}>{level.text}</Tag>
              <span className="basis-full">
                {open}
                {late && <strong className="block">{late}</strong>}
                <span className="block text-sm text-soft">
                  {since}{' '}
                  <time dateTime={from.at} className="tabular-nums">
                    {from.text}
                  </time>
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** `here`: the address of these filters; `paged` when this is not their first page. */
export function ListPages({
  here,
  paged,
  ...words
}: { here: string; paged: boolean } & Pick<
  Parameters<typeof Pagination>[0],
  'label' | 'previousLabel' | 'nextLabel'
>) {
  const { next } = useShown()
  const ahead = next && `${here}${here.includes('?') ? '&' : '?'}after=${next}`
  return <Pagination {...words} previous={paged ? here : null} next={ahead} />
}
