'use client'

import { useEffect, useState } from 'react'

const EVERY_MS = 20_000

/** Says that this page is open, and learns whose else is. Stops while the tab is hidden. */
export function Presence({
  reference,
  present,
  words,
}: {
  reference: string
  present: string[]
  words: { here: string; alone: string }
}) {
  const [names, setNames] = useState(present)
  useEffect(() => {
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
  }, [reference])
  return <span>{names.length > 0 ? words.here.replace('{names}', names.join(', ')) : words.alone}</span>
}
