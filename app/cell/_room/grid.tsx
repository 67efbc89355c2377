'use client'

import './room.css'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { isShortcut } from '#components/shortcuts.ts'
import { COLUMNS } from '../rules/grid.ts'
import { queueAddress } from './address.ts'
import type { CellSaid, GridSaid } from './grid-words.ts'
import { RENEW_KEY, renewAll, usePlaces } from './use-places.ts'

const OWN_COLUMN: ReadonlySet<string> = new Set(COLUMNS)
/** So many territories may come before one waits: a wave of eight départements finds its places. */
const SPARE_ROWS = 8
const LEAST_ROWS = 10
/** Rows that a wall shows until it has measured itself: nobody scrolls it. */
const WALL_ROWS = 4

/**
 * Territory × number. News changes cells, never places: rows and columns stay where they are while the page is open; a newcomer
 * takes a free row at the end, and the order is made anew when somebody asks. On the wall, where nobody points, it makes itself.
 */
export function Grid({ said, wall = false }: { said: GridSaid; wall?: boolean }) {
  const t = useTranslations('room.grid')
  const box = useRef<HTMLElement>(null)
  const fitting = useFittingRows(box, wall)
  const how = wall ? { size: fitting } : { size: LEAST_ROWS, spare: SPARE_ROWS }
  const { slots, fresh, waiting } = usePlaces(
    said.map(({ key }) => key),
    !wall,
    how,
  )
  useRenewKey(!wall)
  // On the wall nothing is pointed at: the column stands there when it has something to say.
  const spare = !wall || said.some(({ cells }) => cells.some(([number]) => !OWN_COLUMN.has(number)))
  const rows = new Map(said.map((row) => [row.key, row]))
  const [names, setNames] = useState(new Map(said.map(({ key, name }) => [key, name])))
  if (said.some(({ key }) => !names.has(key)))
    setNames(new Map([...names, ...said.map(({ key, name }) => [key, name] as const)]))

  // A free place is its rank.
  const lines = slots.map((key, place) => ({ key, place }))
  return (
    <div
      className={`grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5 ${wall ? 'min-h-0 grid-rows-[minmax(0,1fr)_auto]' : ''}`}
    >
      <div className={wall ? 'sr-only' : 'flex min-h-9 items-center justify-between gap-x-4'}>
        <h2 id="grid-title" className="line-clamp-2 min-w-0 leading-tight sm:text-lg">
          {t('title')}
        </h2>
        {!wall && (
          <button
            type="button"
            onClick={renewAll}
            data-fresh={fresh.length}
            data-screen-only
            className={`min-h-9 w-40 shrink-0 rounded-m border px-1 text-sm leading-tight font-semibold sm:w-64 coarse:min-h-11 ${
              fresh.length > 0
                ? 'border-accent bg-accent text-on-accent'
                : 'border-edge bg-raised text-accent hover:bg-hover'
            }`}
          >
            {fresh.length > 0 ? t('fresh', { count: fresh.length }) : t('order')}{' '}
            <kbd className="max-sm:hidden coarse:hidden">{RENEW_KEY.toUpperCase()}</kbd>
          </button>
        )}
      </div>
      <p className="sr-only" role="status">
        {!wall && fresh.length > 0 && t('fresh', { count: fresh.length })}
      </p>
      <section
        aria-labelledby="grid-title"
        tabIndex={wall ? undefined : 0}
        ref={box}
        data-grid
        className={`relative border border-line bg-raised ${wall ? 'overflow-hidden' : 'max-h-[75dvh] overflow-auto xl:max-h-[max(21rem,calc(100dvh-19.5rem))] print:max-h-none print:overflow-visible'}`}
      >
        <table className={`g ${wall ? '' : 'min-w-[50rem] print:min-w-0'}`}>
          <caption className="sr-only">{t('title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('territory')}</th>
              {COLUMNS.map((number) => (
                <th key={number} scope="col">
                  <span className="sr-only">{t('number', { number })}</span>
                  <span aria-hidden="true">{number}</span>
                </th>
              ))}
              {spare && (
                <th scope="col" className="o">
                  {t('others')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ key, place }) => {
              if (key === null) {
                const calm = place === 0 && said.length === 0
                return (
                  <tr key={`free-${place}`} data-free aria-hidden={!calm}>
                    {calm ? <td /> : <th />}
                    <td colSpan={COLUMNS.length + (spare ? 1 : 0)}>
                      {calm && <span className="gc g-calm">{t('none')}</span>}
                    </td>
                  </tr>
                )
              }
              const row = rows.get(key)
              const cells = new Map(row?.cells)
              const others = row?.cells.filter(([number]) => !OWN_COLUMN.has(number)) ?? []
              return (
                <tr key={key} data-territory={key}>
                  <th scope="row">
                    <b>{names.get(key)}</b>
                    <small>
                      {key}
                      {!row && ` · ${t('calm')}`}
                    </small>
                  </th>
                  {COLUMNS.map((number) => (
                    <td key={number} data-number={number}>
                      <Cell said={cells.get(number)} at={wall ? null : { territory: key, number }} />
                    </td>
                  ))}
                  {spare && (
                    <td data-number="others">
                      <Others cells={others} territory={key} wall={wall} />
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      <p className="text-sm text-soft">
        {waiting.length > 0 && (
          <strong className="mr-3 text-ink">
            {wall ? t('hidden', { count: waiting.length }) : t('waiting', { count: waiting.length })}
          </strong>
        )}
        {!wall && t('legend')}
      </p>
    </div>
  )
}

/** Several numbers in one place: the worst of them, and how many more. */
function Others({
  cells: [first, ...more],
  territory,
  wall,
}: {
  cells: [string, CellSaid][]
  territory: string
  wall: boolean
}) {
  const t = useTranslations('room.grid')
  if (!first) return null
  const [number, said] = first
  const foot = more.length > 0 ? t('more', { count: more.length }) : said.foot
  return (
    <Cell
      said={{ ...said, foot }}
      number={number}
      at={wall ? null : { territory, number: more.length > 0 ? null : number }}
    />
  )
}

function Cell({
  said,
  number,
  at,
}: {
  said: CellSaid | undefined
  number?: string
  /** The list behind it; null where nothing is pressed. */
  at: { territory: string; number: string | null } | null
}) {
  const t = useTranslations('room.grid')
  if (!said) return null
  const look = `gc g-${said.look}`
  const content = (
    <>
      <span>
        {number && <b>{number} </b>}
        {said.level && <b>{said.level} </b>}
        {said.cases}
        {said.tests && (
          <>
            {' · '}
            {said.tests} <span className="sr-only">{t('passed')}</span>
          </>
        )}
      </span>
      <span className="gh">
        {said.since && (
          <span>
            <span className="sr-only">{t('since')} </span>
            {said.since}
          </span>
        )}
        {said.next && (
          <span>
            <span aria-hidden="true"> → </span>
            <span className="sr-only">, {t('next')} </span>
            <span className={said.late ? 'gl' : undefined}>
              {said.next}
              {said.late && (
                <>
                  {' '}
                  <span aria-hidden="true">!</span>
                  <span className="sr-only">{t('late')}</span>
                </>
              )}
            </span>
          </span>
        )}
      </span>
      <span>{said.foot}</span>
    </>
  )
  if (!at) return <div className={look}>{content}</div>
  return (
    <a href={queueAddress(at)} className={look}>
      {content}
    </a>
  )
}

/** How many rows stand whole in the height there is. */
function useFittingRows(box: RefObject<HTMLElement | null>, wall: boolean): number {
  const [rows, setRows] = useState(WALL_ROWS)
  useEffect(() => {
    const element = box.current
    if (!wall || !element) return
    const measure = () => {
      const head = element.querySelector('thead')?.getBoundingClientRect().height ?? 0
      const row = element.querySelector('tbody tr')?.getBoundingClientRect().height ?? 0
      if (row > 0) setRows(Math.max(1, Math.floor((element.clientHeight - head) / row)))
    }
    const watcher = new ResizeObserver(measure)
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [box, wall])
  return rows
}

function useRenewKey(on: boolean): void {
  useEffect(() => {
    if (!on) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== RENEW_KEY || !isShortcut(event)) return
      event.preventDefault()
      renewAll()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [on])
}
