'use client'

import { useEffect, useRef, useState } from 'react'
import { useAnswer } from '#app/_doors/form-frame.tsx'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'

/** One field as it is written now. `words` says a choice in words; a `list` holds its choices with a space between. */
export type Written = {
  name: string
  label: string
  value: string
  words?: Record<string, string>
  list?: boolean
}

export type SaveWords = {
  save: string
  over: string
  title: string
  text: string
  same: string
  /** Holes {label}, {now}, {yours}. */
  field: string
  blank: string
  /** For a list, holes {label} and {names}: what the other added and removed, what saving would. */
  added: string
  removed: string
  would_add: string
  would_remove: string
}

/**
 * The end of a form on a record: what was shown, and the button. When somebody else saved meanwhile, nothing typed is
 * lost: the differences stand here, field by field, and only after reading them does it save all the same (invariant 4).
 */
export function SaveRow({ seen, written, words }: { seen: string; written: Written[]; words: SaveWords }) {
  const { state, pending } = useAnswer()
  const field = useRef<HTMLInputElement>(null)
  // From the first letter typed: the page may be read again under the hand, for another of its forms.
  const [held, setHeld] = useState<{ seen: string; lists: Record<string, string> } | null>(null)
  const lists = Object.fromEntries(written.flatMap((one) => (one.list ? [[one.name, one.value]] : [])))
  const current = useRef({ seen, lists })
  current.current = { seen, lists }

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
    ? written.filter((one) => plain(state.values[one.name], one.list) !== plain(one.value, one.list))
    : []
  const say = (value: string, named: Written) =>
    value === '' ? words.blank : (named.words?.[value] ?? value)
  const told = (one: Written) =>
    one.list
      ? toldOfList(one, plain(state.values[`${one.name}Seen`]), plain(state.values[one.name]), words)
      : [
          words.field
            .replace('{label}', one.label)
            .replace('{now}', () => say(plain(one.value), one))
            .replace('{yours}', () => say(plain(state.values[one.name]), one)),
        ]
  return (
    <>
      <input ref={field} type="hidden" name="seen" value={held?.seen ?? seen} />
      {Object.entries(held?.lists ?? lists).map(([name, value]) => (
        <input key={name} type="hidden" name={`${name}Seen`} value={value} />
      ))}
      {state.conflict && (
        <Notice tone="warn" title={words.title} live>
          <p>{different.length === 0 ? words.same : words.text}</p>
          <ul className="ml-5 list-disc">
            {different.flatMap(told).map((line) => (
              <li key={line}>{line}</li>
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

/** Who or what came into the list and left it since it was shown; then what saving one's own would change. */
function toldOfList({ label, value, words: names }: Written, seen: string, yours: string, words: SaveWords) {
  const [was, now, mine] = [seen, value, yours].map((text) => text.split(' ').filter(Boolean))
  const line = (text: string, these: string[] = [], those: string[] = []) => {
    const only = these.filter((one) => !those.includes(one)).map((one) => names?.[one] ?? one)
    return only.length === 0 ? [] : [text.replace('{label}', label).replace('{names}', () => only.join(', '))]
  }
  return [
    ...line(words.added, now, was),
    ...line(words.removed, was, now),
    ...line(words.would_add, mine, now),
    ...line(words.would_remove, now, mine),
  ]
}

function plain(value: string | string[] | undefined, list = false): string {
  const text = [value ?? ''].flat().join(' ').trim()
  return list ? text.split(' ').sort().join(' ') : text
}
