'use client'

import { useEffect, useState } from 'react'

type Listener = (text: string) => void
let listener: Listener | null = null
let waiting: string[] = []
let gathering = false

/** Long enough for a burst to become one announcement. */
const GATHER_MS = 1500
const MOST = 3

/** Says something to who does not see it, from anywhere in the browser; a burst is said once, its last lines only. */
export function announce(text: string) {
  waiting = [...waiting.filter((line) => line !== text), text].slice(-MOST)
  if (gathering) return
  gathering = true
  setTimeout(() => {
    listener?.(waiting.join('. '))
    waiting = []
    gathering = false
  }, GATHER_MS)
}

/** Once a page, in the frame. */
export function LiveRegion() {
  const [text, setText] = useState('')
  useEffect(() => {
    // Said again, the same words are heard only when they are not the same.
    listener = (said) => setText((before) => (before === said ? `${said}\u00a0` : said))
    return () => {
      listener = null
    }
  }, [])
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  )
}
