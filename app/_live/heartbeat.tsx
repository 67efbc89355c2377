'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState, useTransition } from 'react'
import { makeReader } from './reader.ts'

/**
 * Reads the page again so often while somebody looks: for what is no line of the journal. Never while it is being read: on a slow line
 * each reading would put off the one before, for ever.
 */
export function Heartbeat({ everyMs }: { everyMs: number }) {
  const router = useRouter()
  const [reading, startReading] = useTransition()
  const [reader] = useState(() => makeReader())
  useEffect(() => {
    if (!reading) reader.finished()
  }, [reading, reader])
  useEffect(() => {
    reader.read = () => startReading(() => router.refresh())
    const timer = setInterval(() => reader.ask(null), everyMs)
    return () => {
      clearInterval(timer)
      reader.stop()
    }
  }, [reader, router, everyMs])
  return null
}
