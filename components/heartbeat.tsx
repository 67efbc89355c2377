'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useTransition } from 'react'

/**
 * Reads the page again so often while somebody looks: for what is no line of the journal. Counted from when the last reading
 * stands on the screen: one that came while another is on its way would put it off, on a slow line for ever.
 */
export function Heartbeat({ everyMs }: { everyMs: number }) {
  const router = useRouter()
  const [reading, startReading] = useTransition()
  useEffect(() => {
    if (reading) return
    const timer = setInterval(() => {
      if (!document.hidden) startReading(() => router.refresh())
    }, everyMs)
    return () => clearInterval(timer)
  }, [router, everyMs, reading])
  return null
}
