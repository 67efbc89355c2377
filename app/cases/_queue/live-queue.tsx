'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react'
import { isOfRows, readByOwnWay, readListAt } from '#app/_live/own-reading.ts'
import { announce } from '#components/live-region.tsx'
import { isListAlone, listAskedBy, ordered, pathOf, withoutPlace } from './address.ts'
import type { QueueList } from './list.ts'

type Shown = {
  list: QueueList
  /** Its address, as /api/queue reads it, and without the place in the list. */
  query: string
  bare: string
}
const Shown = createContext<Shown | null>(null)

/** Lists that "back" shows at once. */
const KEPT = 20

/**
 * What the rows, the counts and the pages of the queue draw: what the page was made of, then what a hint, a list, a page or a filter
 * had it read, as JSON, for a tenth of what the page costs. `query`: the address that the page drew; `alone`: only the page can draw it.
 */
export function LiveQueue({
  first,
  query,
  alone,
  said,
  children,
}: {
  first: QueueList
  query: string
  alone: boolean
  /** Said to who does not see that other rows stand there, `{count}` of them. */
  said: string
  children: ReactNode
}) {
  const here = ordered(useSearchParams()).toString()
  const [lists, setLists] = useState<ReadonlyMap<string, QueueList>>(new Map())
  const keep = useCallback(
    (at: string, list: QueueList) => setLists((before) => withList(before, at, list)),
    [],
  )
  const box = useRef<HTMLDivElement>(null)
  const router = useRouter()

  const drawn = here === query
  const ownWay = !(drawn && alone) && isListAlone(new URLSearchParams(here))
  const read = lists.get(here)
  const shown = drawn && !(read && read.at > first.at) ? first : read

  useEffect(() => {
    if (!ownWay) return
    return readByOwnWay(async (told) => {
      if (!isOfRows(told)) return null
      const list = await readList(here, 'told')
      return list && (() => keep(here, list))
    })
  }, [ownWay, here, keep])

  // "Back" shows a list as it was, or one that is not known: it is read anew.
  const fresh = useRef(query)
  const known = shown !== undefined
  useEffect(() => {
    if (fresh.current === here) return
    fresh.current = here
    const asPage = () => {
      if (!known) router.replace(pathOf(here))
    }
    if (!ownWay) asPage()
    else void readList(here, 'pressed').then((list) => (list ? keep(here, list) : asPage()))
  }, [here, ownWay, known, keep, router])

  const toFocus = useRef<string | null>(null)
  useListsWithoutTheirPage(box, ownWay, async (asked, event, isLast) => {
    const to = asked.toString()
    const list = await readList(to, 'pressed')
    if (!isLast()) return
    if (!list) return router.push(pathOf(to))
    fresh.current = to
    keep(to, list)
    window.history.pushState(null, '', pathOf(to))
    announce(said.replace('{count}', String(list.lines.length)))
    const paged = asked.has('after') || (event.target as Element).closest('[rel=prev]')
    if (paged) toFocus.current = to
  })

  // Not what the page itself drew: there somebody may have typed before the script came. Another page begins at its first row.
  const filled = useRef(here)
  useEffect(() => {
    if (!box.current || filled.current === here) return
    filled.current = here
    fill(box.current, new URLSearchParams(here))
    if (toFocus.current === here) box.current.querySelector<HTMLElement>('tbody th a')?.focus()
    toFocus.current = null
  }, [here])

  return (
    <Shown value={{ list: shown ?? first, query: here, bare: withoutPlace(here) }}>
      <div ref={box} className="contents">
        {children}
      </div>
    </Shown>
  )
}

const readList = (query: string, why: 'told' | 'pressed') => readListAt<QueueList>('/api/queue', query, why)

/** Links and the filled form that lead to a list of the queue are taken here; the last one asked for is the one that is shown. */
function useListsWithoutTheirPage(
  box: RefObject<HTMLElement | null>,
  open: boolean,
  go: (asked: URLSearchParams, event: Event, isLast: () => boolean) => Promise<void>,
) {
  const going = useRef(go)
  going.current = go
  useEffect(() => {
    const parts = box.current
    if (!parts || !open) return
    let last = 0
    const take = (event: Event) => {
      const otherwise = event.defaultPrevented || (event instanceof MouseEvent && isOtherwise(event))
      const asked = otherwise ? null : listAskedBy(event)
      if (!asked || !isListAlone(asked)) return
      event.preventDefault()
      parts.setAttribute('aria-busy', 'true')
      const turn = ++last
      const isLast = () => turn === last
      void going.current(asked, event, isLast).then(() => isLast() && parts.removeAttribute('aria-busy'))
    }
    // Before the links' own way, which leaves alone what was taken.
    parts.addEventListener('click', take, true)
    parts.addEventListener('submit', take, true)
    return () => {
      parts.removeEventListener('click', take, true)
      parts.removeEventListener('submit', take, true)
    }
  }, [box, open])
}

function withList(lists: ReadonlyMap<string, QueueList>, at: string, list: QueueList) {
  return new Map([...[...lists].filter(([one]) => one !== at).slice(1 - KEPT), [at, list]])
}

function isOtherwise({ button, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  return button !== 0 || altKey || ctrlKey || metaKey || shiftKey
}

/** The form of the filters says what is shown, as when the page draws it. */
function fill(box: HTMLElement, asked: URLSearchParams): void {
  const form = box.querySelector<HTMLFormElement>('form[method=get][action="/cases"]')
  for (const field of form?.elements ?? []) {
    if (field instanceof HTMLInputElement && field.type === 'hidden') field.disabled = !asked.has(field.name)
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)
      field.value = asked.get(field.name) ?? ''
  }
}

/** For the parts of the page of the queue: what stands there now. */
export function useShown(): Shown {
  const shown = useContext(Shown)
  if (!shown) throw new Error('a part of the queue outside of it')
  return shown
}
