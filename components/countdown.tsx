'use client'

import { useSyncExternalStore } from 'react'
import type { Locale } from '#app/_i18n/locale.ts'
import { type CountdownWords, countdownText, timeLeft } from '#app/_i18n/time.ts'
import { Icon } from './icon.tsx'
import { subscribeToSeconds, trueNow } from './ticker.ts'

/**
 * Time left, or time late. The server writes the first text; then one timer serves every countdown of the page,
 * and a row is drawn again only when its words change. Not a live region: fifty of them would never be silent.
 */
export function Countdown({
  at,
  now,
  locale,
  words,
  soonSeconds = 300,
  title,
}: {
  /** ISO instant. */
  at: string
  /** The server's clock when it wrote the page, ISO: the machine in front of the reader may be wrong. */
  now: string
  locale: Locale
  words: CountdownWords
  soonSeconds?: number
  title?: string
}) {
  const due = new Date(at)
  const read = (instant: Date) => {
    const { overdue, totalSeconds } = timeLeft(due, instant)
    const state = overdue ? 'late' : totalSeconds <= soonSeconds ? 'soon' : 'far'
    return `${state}|${countdownText(due, instant, locale, words)}`
  }
  const snapshot = useSyncExternalStore(
    subscribeToSeconds,
    () => read(trueNow(now)),
    () => read(new Date(now)),
  )
  const [state = 'far', text = ''] = snapshot.split('|')
  return (
    <time
      dateTime={at}
      title={title}
      data-state={state}
      className={`whitespace-nowrap tabular-nums ${LOOKS[state]}`}
    >
      {state !== 'far' && <Icon name={state === 'late' ? 'late' : 'clock'} className="mr-1 size-[1em]" />}
      {text}
    </time>
  )
}

const LOOKS: Record<string, string> = {
  far: 'text-soft',
  soon: 'text-warn font-semibold',
  late: 'text-danger font-bold',
}
