'use client'

import { useEffect, useRef, useState } from 'react'
import { KEPT, useAnswer } from '#app/_doors/form-frame.tsx'
import { Button } from '#components/button.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'

export type FailedWords = {
  title: string
  text: string
  call: string
  callAction: string
  again: string
  soon: string
  stop: string
}

/** Seconds before each new attempt: soon at first, then without crowding a server that is coming back. */
const WAITS = [5, 10, 20, 30, 60]

/**
 * Sending did not get through: the number to call, large, and the page tries again by itself. Safe, because every attempt
 * carries the same submission: there is one case however many arrive.
 */
export function SendFailed({ line, words }: { line: { display: string; href: string }; words: FailedWords }) {
  const { state, pending } = useAnswer()
  const [attempt, setAttempt] = useState(0)
  const [stopped, setStopped] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const failed = state.reason?.key === 'forms.unreachable'
  const left = useSeconds(
    failed && !pending && !stopped ? state.answer : null,
    WAITS[Math.min(attempt, WAITS.length - 1)] ?? 60,
  )

  useEffect(() => {
    if (left !== 0) return
    setAttempt((count) => count + 1)
    box.current?.closest('form')?.requestSubmit()
  }, [left])
  useEffect(() => {
    if (!failed || stopped) return
    const back = () => box.current?.closest('form')?.requestSubmit()
    window.addEventListener('online', back)
    return () => window.removeEventListener('online', back)
  }, [failed, stopped])

  const kept = state.reason?.key === KEPT
  const shown =
    kept || failed || (state.reason !== null && !state.ok && Object.keys(state.fields).length === 0)
  return (
    <div ref={box} className={shown ? 'my-4 grid gap-3' : 'hidden'}>
      {shown && (
        <>
          {!kept && <p className="text-lg font-bold">{words.title}</p>}
          {!kept && <p className="max-w-[65ch]">{words.text}</p>}
          <PhoneNumberLarge
            label={words.call}
            display={line.display}
            href={line.href}
            action={words.callAction}
          />
          <p className={kept ? 'hidden' : 'flex flex-wrap items-center gap-3'}>
            <Button kind="primary">{words.again}</Button>
            {left !== null && left > 0 && (
              <>
                <span className="text-soft tabular-nums">
                  {words.soon.replace('{seconds}', String(left))}
                </span>
                <Button type="button" kind="quiet" onClick={() => setStopped(true)}>
                  {words.stop}
                </Button>
              </>
            )}
          </p>
        </>
      )}
    </div>
  )
}

/** Counts down to zero for each answer, one after the other; null while there is none to wait for. */
function useSeconds(answer: number | null, from: number): number | null {
  const [left, setLeft] = useState<number | null>(null)
  const seconds = useRef(from)
  seconds.current = from
  useEffect(() => {
    if (answer === null) return
    const end = Date.now() + seconds.current * 1000
    const read = () => setLeft(Math.max(0, Math.round((end - Date.now()) / 1000)))
    read()
    const timer = setInterval(read, 1000)
    return () => {
      clearInterval(timer)
      setLeft(null)
    }
  }, [answer])
  return left
}
