'use client'

import { useEffect, useRef, useState } from 'react'
import { useAnswer } from '#app/_doors/form-frame.tsx'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'

/** One field as it is written now. `words` says a choice in words. */
export type Written = { name: string; label: string; value: string; words?: Record<string, string> }

export type SaveWords = {
  save: string
  over: string
  title: string
  text: string
  same: string
  /** Holes {label}, {now}, {yours}. */
  field: string
  blank: string
}

/**
 * The end of a form on a record: what was shown, and the button. When somebody else saved meanwhile, nothing typed is
 * lost: the differences stand here, field by field, and only after reading them does it save all the same (invariant 4).
 */
export function SaveRow({ seen, written, words }: { seen: string; written: Written[]; words: SaveWords }) {
  const { state, pending } = useAnswer()
  const field = useRef<HTMLInputElement>(null)
  // From the first letter typed: the page may be read again under the hand, for another of its forms.
  const [held, setHeld] = useState<string | null>(null)
  const current = useRef(seen)
  current.current = seen

  useEffect(() => {
    const form = field.current?.form
    const begin = () => setHeld((before) => before ?? current.current)
    form?.addEventListener('input', begin)
    return () => form?.removeEventListener('input', begin)
  }, [])

  // Told, or saved: what is on the page now is what was seen.
  useEffect(() => {
    if (state.answer > 0 && (state.ok || state.conflict)) setHeld(null)
  }, [state])

  const different = state.conflict
    ? written.filter((one) => plain(state.values[one.name]) !== plain(one.value))
    : []
  const say = (value: string, named: Written) =>
    value === '' ? words.blank : (named.words?.[value] ?? value)
  return (
    <>
      <input ref={field} type="hidden" name="seen" value={held ?? seen} />
      {state.conflict && (
        <Notice tone="warn" title={words.title} live>
          <p>{different.length === 0 ? words.same : words.text}</p>
          <ul className="ml-5 list-disc">
            {different.map((one) => (
              <li key={one.name}>
                {words.field
                  .replace('{label}', one.label)
                  .replace('{now}', () => say(plain(one.value), one))
                  .replace('{yours}', () => say(plain(state.values[one.name]), one))}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div>
        <Button kind="primary" aria-disabled={pending}>
          {state.conflict ? words.over : words.save}
        </Button>
      </div>
    </>
  )
}

function plain(value: string | string[] | undefined): string {
  return [value ?? ''].flat().join(' ').trim()
}
