'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import type { Locale } from '#app/_i18n/locale.ts'
import { hourText } from '#app/_i18n/time.ts'
import { connect, type Hint, type LiveState } from './connection.ts'
import { ownReading } from './own-reading.ts'
import { patientFetch, UNANSWERED_EVENT } from './patience.ts'
import { makeReader } from './reader.ts'

/** Told to whoever wants to make a row flash, once the page has read again: `detail` is {cases, events}. */
export const HINT_EVENT = 'permanence:hint'

export type LiveWords = {
  live: string
  connecting: string
  lost: string
  lostHint: string
  unanswered: string
  ended: string
  signIn: string
}

/** Which hints concern the page: all cases, or these; and events by the beginning of their name. */
export type Topic = { cases: 'all' | string[]; events?: string[] }

export function concerns(topic: Topic, hint: Hint): boolean {
  if (hint.events.some((event) => topic.events?.some((start) => event.startsWith(start)))) return true
  const { cases } = topic
  return cases === 'all' ? hint.cases.length > 0 : hint.cases.some((reference) => cases.includes(reference))
}

/**
 * Keeps the page true: reads it again when a hint concerns it, says since when it could not. One a page; a part of the
 * frame that listens for itself is `silent` and says nothing.
 */
export function LiveClient({
  name,
  readAt,
  topic,
  locale,
  words,
  silent,
}: {
  name: string
  /** When the server drew the page, by its own clock. */
  readAt: number
  topic: Topic
  locale: Locale
  words: LiveWords
  silent?: boolean
}) {
  const router = useRouter()
  const [state, setState] = useState<LiveState | null>(null)
  const [reading, startReading] = useTransition()
  const [reader] = useState(() => makeReader())
  const current = useRef({ topic, readAt })
  current.current = { topic, readAt }

  useEffect(() => {
    reader.read = async (told) => {
      const draw = silent ? null : await ownReading(told)
      startReading(() => (draw ? draw() : router.refresh()))
    }
  }, [reader, router, silent])

  // A read ends when its transition does; what was heard meanwhile makes one more.
  useEffect(() => {
    if (reading) return
    const told = reader.finished()
    if (told) window.dispatchEvent(new CustomEvent(HINT_EVENT, { detail: told }))
  }, [reading, reader])

  useEffect(() => {
    let leave = () => {}
    const join = () => {
      leave()
      leave = connect(name, current.current.readAt, {
        onHint: (hint) => concerns(current.current.topic, hint) && reader.ask(hint),
        onGap: () => reader.ask(null),
        onState: setState,
      })
    }
    // A page kept by the browser for "back" holds no stream; shown again, it reads again.
    const hide = () => leave()
    const show = (event: PageTransitionEvent) => {
      if (!event.persisted) return
      join()
      reader.ask(null)
    }
    const visible = () => reader.wake()
    join()
    window.addEventListener('pagehide', hide)
    window.addEventListener('pageshow', show)
    document.addEventListener('visibilitychange', visible)
    return () => {
      leave()
      reader.stop()
      window.removeEventListener('pagehide', hide)
      window.removeEventListener('pageshow', show)
      document.removeEventListener('visibilitychange', visible)
    }
  }, [name, reader])

  const unanswered = useUnanswered()
  const status = state?.status ?? 'connecting'
  // Being live is no news: only what changes from there is said aloud.
  const [aloud, setAloud] = useState(false)
  useEffect(() => {
    if (status !== 'connecting') setAloud(true)
  }, [status])
  if (silent) return null
  const since = status === 'lost' && state ? state.since : unanswered
  const lost = status === 'ended' ? null : since
  return (
    <div data-live={lost === null ? status : 'lost'} className="text-sm">
      <p role={aloud ? 'status' : undefined} className="inline">
        {lost === null && status === 'live' && words.live}
        {lost !== null && (
          <span className="fixed inset-x-0 bottom-0 z-40 border-t-4 border-danger bg-danger-soft px-3 py-2 text-center text-base text-ink print:static">
            <strong>{words.lost.replace('{hour}', hourText(new Date(lost), locale))}</strong>{' '}
            {status === 'lost' ? words.lostHint : words.unanswered}
          </span>
        )}
        {status === 'ended' && words.ended}
      </p>
      {status === 'connecting' && lost === null && (
        <span className="[@media(scripting:none)]:hidden">{words.connecting}</span>
      )}
      {status === 'ended' && (
        <a href="/sign-in" target="_blank" rel="noopener">
          {words.signIn}
        </a>
      )}
    </div>
  )
}

let patient = false

/** Since when no reading of this page has succeeded; null while they do. */
function useUnanswered(): number | null {
  const [since, setSince] = useState<number | null>(null)
  useEffect(() => {
    if (!patient) {
      patient = true
      const tell = (detail: number | null) =>
        window.dispatchEvent(new CustomEvent(UNANSWERED_EVENT, { detail }))
      window.fetch = patientFetch({ fetch: window.fetch.bind(window), tell })
    }
    const heard = (event: Event) => setSince((event as CustomEvent<number | null>).detail)
    window.addEventListener(UNANSWERED_EVENT, heard)
    return () => window.removeEventListener(UNANSWERED_EVENT, heard)
  }, [])
  return since
}
