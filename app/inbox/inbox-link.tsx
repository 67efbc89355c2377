'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { HINT_EVENT } from '#app/_live/live.tsx'
import type { Told } from '#app/_live/reader.ts'
import { Icon } from '#components/icon.tsx'

const EVERY_MS = 60_000
const CAP = 99

/** The way to one's messages, with how many wait. The link is there without a script, the count is not. */
export function InboxLink({ label, unread }: { label: string; unread: string }) {
  const [count, setCount] = useState(0)
  const here = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is a reason to count again.
  useEffect(() => {
    // On a slow line an earlier answer may come after a later one.
    let last = 0
    const ask = async () => {
      if (document.hidden) return
      const turn = ++last
      try {
        const answer = await fetch('/inbox/unread')
        const told = answer.ok ? ((await answer.json()) as { unread: number }) : null
        if (told && turn === last) setCount(told.unread)
      } catch {
        // The next one will tell; the state of the connection is said elsewhere.
      }
    }
    void ask()
    const timer = setInterval(ask, EVERY_MS)
    // A hint that names none of one's messages changes no count; one that names nothing may have missed some.
    const heard = ({ detail }: CustomEvent<Told>) => {
      if (detail.events.length === 0 || detail.events.includes('inbox')) void ask()
    }
    window.addEventListener(HINT_EVENT, heard as EventListener)
    return () => {
      last += 1
      clearInterval(timer)
      window.removeEventListener(HINT_EVENT, heard as EventListener)
    }
  }, [here])
  const shown = count > CAP ? `${CAP}+` : String(count)
  return (
    <Link
      href="/inbox"
      prefetch={false}
      aria-current={here === '/inbox' ? 'page' : undefined}
      className="inline-flex min-h-11 items-center gap-1.5 rounded-m px-2.5 text-on-bar no-underline hover:bg-bar-hover hover:text-on-bar"
    >
      <Icon name="megaphone" />
      <span className="max-sm:sr-only">{label}</span>
      {count > 0 && (
        <>
          <span
            aria-hidden="true"
            className="rounded-full bg-bar-mark px-1.5 text-sm leading-6 font-bold text-on-exercise tabular-nums"
          >
            {shown}
          </span>
          <span className="sr-only">{unread.replace('{count}', shown)}</span>
        </>
      )}
    </Link>
  )
}
