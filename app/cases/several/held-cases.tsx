'use client'

import { useEffect, useRef, useState } from 'react'
import { useAnswer } from '#app/_doors/form-frame.tsx'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'

export type ChosenCase = { reference: string; version: number; state: string }
export type HeldWords = { submit: string; again: string; changed: string; readOn: string }

/**
 * The end of a form on several cases: their versions and the button. From the first letter typed the versions are held, so that
 * whoever writes longer than a colleague is told which cases changed meanwhile. After a partial refusal only those that refused
 * are sent again.
 */
export function HeldCases({ cases, words }: { cases: ChosenCase[]; words: HeldWords }) {
  const { state, pending } = useAnswer()
  const mark = useRef<HTMLSpanElement>(null)
  const [held, setHeld] = useState<ReadonlyMap<string, number> | null>(null)
  const current = useRef(cases)
  current.current = cases

  useEffect(() => {
    const form = mark.current?.closest('form')
    if (!form) return
    const begin = () =>
      setHeld((before) => before ?? new Map(current.current.map((one) => [one.reference, one.version])))
    const send = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      form.requestSubmit()
    }
    form.addEventListener('input', begin)
    form.addEventListener('keydown', send)
    return () => {
      form.removeEventListener('input', begin)
      form.removeEventListener('keydown', send)
    }
  }, [])

  // Answered: what is on the screen now was read with the answer.
  useEffect(() => {
    if (state.answer > 0) setHeld(null)
  }, [state.answer])

  const left = cases.filter(({ reference }) => Object.hasOwn(state.fields, `case-${reference}`))
  const sent = left.length > 0 ? left : cases
  const changed = sent.filter(({ reference, version }) => (held?.get(reference) ?? version) !== version)
  return (
    <>
      <span ref={mark} hidden />
      {sent.map(({ reference, version }) => (
        <input
          key={reference}
          type="hidden"
          name="cases[]"
          value={`${reference}:${changed.length > 0 ? version : (held?.get(reference) ?? version)}`}
        />
      ))}
      {changed.length > 0 && (
        <Notice tone="warn" title={words.changed} live>
          <ul className="ml-5 list-disc">
            {changed.map((one) => (
              <li key={one.reference}>
                {one.reference} – {one.state}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div>
        <Button kind="primary" aria-disabled={pending}>
          {changed.length > 0
            ? words.readOn
            : left.length > 0
              ? words.again.replace('{count}', String(left.length))
              : words.submit}
        </Button>
      </div>
    </>
  )
}
