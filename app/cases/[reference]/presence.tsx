'use client'

import { useEffect, useState } from 'react'

const EVERY_MS = 20_000

/** Says that this page is open, and learns whose else is. Stops while the tab is hidden. */
export function Presence({
  reference,
  present,
  counted,
  words,
}: {
  reference: string
  present: string[]
  /** A page that nobody works in says nothing of itself. */
  counted: boolean
  words: { here: string; alone: string }
}) {
  const [names, setNames] = useState(present)
  useEffect(() => {
    if (!counted) return
    const tell = async () => {
      if (document.hidden) return
      try {
        const answer = await fetch(`/cases/${reference}/presence`, { method: 'POST' })
        const told: unknown = answer.ok ? await answer.json() : null
        if (Array.isArray(told)) setNames(told)
      } catch {
        // The next one will tell; the state of the connection is said elsewhere.
      }
    }
    void tell()
    const timer = setInterval(tell, EVERY_MS)
    document.addEventListener('visibilitychange', tell)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tell)
    }
  }, [reference, counted])
  return <span>{names.length > 0 ? words.here.replace('{names}', names.join(', ')) : words.alone}</span>
}
