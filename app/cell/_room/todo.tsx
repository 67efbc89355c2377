'use client'

import { useTranslations } from 'next-intl'
import type { Locale } from '#app/_i18n/locale.ts'
import type { CountdownWords } from '#app/_i18n/time.ts'
import { Countdown } from '#components/countdown.tsx'
import { Icon } from '#components/icon.tsx'
import { usePlaces } from './use-places.ts'

export type TodoItem = {
  key: string
  text: string
  href: string
  /** A number to press; null where the directory has none. */
  tel?: { href: string; text: string } | null
  /** ISO: the countdown runs to it. */
  due?: string
  when?: string
}

export type TodoGroup = {
  key: 'calls' | 'promises' | 'decisions' | 'unheld'
  count: number
  href: string
  items: TodoItem[]
}

/** Lines of a list: what is done first, and what comes after. */
const LINES = 2

/** What waits for a hand, list by list, each at its place. What is done gives its line to the next; nothing else moves. */
export function Todo({
  groups,
  wall = false,
  now,
  locale,
  countdown,
}: {
  groups: TodoGroup[]
  wall?: boolean
  now: string
  locale: Locale
  countdown: CountdownWords
}) {
  const t = useTranslations('room.todo')
  return (
    <section
      aria-labelledby="todo-title"
      data-todo
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-1.5"
    >
      <h2 id="todo-title" className={wall ? 'sr-only' : 'flex min-h-9 items-center text-lg'}>
        {t('title')}
      </h2>
      <div className={wall ? 'grid grid-cols-4 gap-2' : 'grid gap-1.5 sm:max-xl:grid-cols-2'}>
        {groups.map((group) => (
          <Group key={group.key} group={group} {...{ wall, now, locale, countdown }} />
        ))}
      </div>
    </section>
  )
}

function Group({
  group: { key, count, href, items },
  wall,
  now,
  locale,
  countdown,
}: {
  group: TodoGroup
  wall: boolean
  now: string
  locale: Locale
  countdown: CountdownWords
}) {
  const t = useTranslations('room.todo')
  const { slots } = usePlaces(
    items.map((item) => item.key),
    !wall,
    { size: wall ? 1 : LINES, reuse: true },
  )
  const byKey = new Map(items.map((item) => [item.key, item]))
  // A line is its place: what stands in it changes, the line does not.
  const lines = slots.map((slot, place) => ({ place, item: slot === null ? undefined : byKey.get(slot) }))
  const shown = lines.filter(({ item }) => item).length
  const title = (
    <>
      <strong className={count > 0 && key !== 'unheld' ? 'text-danger' : ''}>{t(key)}</strong>{' '}
      <span className="tabular-nums">{count > 0 ? count : t('none')}</span>
    </>
  )
  return (
    <div data-todo-group={key} className="min-w-0 rounded-m border border-line bg-raised px-2.5 py-1">
      <h3 className="flex h-7 items-center justify-between gap-2 text-base font-normal">
        <span className="truncate">{title}</span>
        {!wall && count > shown && (
          <a href={href} className="shrink-0 text-sm">
            {t('more', { count: count - shown })}
          </a>
        )}
      </h3>
      <ul>
        {lines.map(({ place, item }) => {
          return (
            <li
              key={place}
              data-todo-line
              className={`grid border-t border-line ${wall ? 'h-11 content-center leading-tight' : 'h-7 grid-cols-[minmax(0,1fr)_auto] items-center gap-2 coarse:h-11'}`}
            >
              {item && (
                <>
                  {wall ? (
                    <span className="truncate text-sm">{item.text}</span>
                  ) : (
                    <a href={item.href} className="truncate" title={item.text}>
                      {item.text}
                    </a>
                  )}
                  <Side item={item} {...{ wall, now, locale, countdown }} />
                </>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Side({
  item: { tel, due, when },
  wall,
  now,
  locale,
  countdown,
}: {
  item: TodoItem
  wall: boolean
  now: string
  locale: Locale
  countdown: CountdownWords
}) {
  const t = useTranslations('room.todo')
  if (due) return <Countdown at={due} now={now} locale={locale} words={countdown} />
  if (tel === null) return <span className="text-sm text-danger">{t('no_number')}</span>
  if (!tel) return <span className="text-sm whitespace-nowrap text-soft">{when}</span>
  if (wall) return <span className="text-sm font-bold whitespace-nowrap tabular-nums">{tel.text}</span>
  return (
    <a href={tel.href} className="font-bold whitespace-nowrap tabular-nums">
      <Icon name="phone" className="mr-1 size-4" />
      {tel.text}
    </a>
  )
}
