'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Reads the page again while messages leave: what becomes of each is no line of the journal. */
export function Reread({ everyMs }: { everyMs: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [router, everyMs])
  return null
}
