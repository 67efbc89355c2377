import { type Dispatch, type SetStateAction, useEffect, useState } from 'react'
import { connect, type Hint } from './connection.ts'
import { makeReader } from './reader.ts'

/**
 * A small answer of the server that a part of the frame keeps true by itself: asked at once, at each hint that concerns it, after a
 * gap, and every so often where time alone changes it. Null until it was read. No page is read again for it, looked at or not.
 * `concerns` is a function of the module: another one would begin anew.
 */
export function useAsked<Answer>(
  live: string,
  address: string,
  concerns: (hint: Hint) => boolean,
  everyMs: number | null = null,
): [answer: Answer | null, change: Dispatch<SetStateAction<Answer | null>>] {
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    const reader = makeReader(Date.now, () => false)
    reader.read = () => void ask().then(() => reader.finished())
    async function ask() {
      try {
        const told = await fetch(address, { cache: 'no-store' })
        if (told.ok) setAnswer((await told.json()) as Answer)
      } catch {
        // The next hint asks again; the state of the connection is said by the page.
      }
    }
    reader.ask(null)
    const leave = connect(live, Date.now(), {
      onHint: (hint) => {
        if (concerns(hint)) reader.ask(hint)
      },
      onGap: () => reader.ask(null),
      onState: () => {},
    })
    const timer = everyMs === null ? undefined : setInterval(() => reader.ask(null), everyMs)
    return () => {
      leave()
      reader.stop()
      clearInterval(timer)
    }
  }, [live, address, concerns, everyMs])
  return [answer, setAnswer]
}
