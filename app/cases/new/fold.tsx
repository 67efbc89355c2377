'use client'

import { type ReactNode, useState } from 'react'
import { useAnswer } from '#app/_doors/form-frame.tsx'
import { holdsAnswer } from './holds-answer.ts'

/**
 * A fold that never hides an answer: it opens when what is inside is chosen from outside (a draft put back), and when
 * the answer of the door brings back something typed or wrong in one of its `fields`; so without JavaScript too.
 */
export function Fold({
  summary,
  heading = false,
  startsOpen = false,
  fields = [],
  among,
  children,
}: {
  summary: ReactNode
  /** The summary is a heading and speaks for itself: a row of its own instead of a link. */
  heading?: boolean
  startsOpen?: boolean
  /** Names of the fields inside, without their marks; 'tests' stands for all its rows. */
  fields?: readonly string[]
  /** Of a field that stands outside as well: the values that are inside. */
  among?: readonly string[]
  children: ReactNode
}) {
  const { state } = useAnswer()
  const opens = startsOpen || holdsAnswer(state, fields, among)
  const [open, setOpen] = useState(opens)
  // Asked for by a link of the same page, or by the answer: closed in between, it opens with the next one.
  const asking = opens ? state : null
  const [asked, setAsked] = useState(asking)
  if (asked !== asking) {
    setAsked(asking)
    if (asking) setOpen(true)
  }
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onChange={() => setOpen(true)}
      className="rounded-m"
    >
      <summary
        className={
          heading
            ? 'flex min-h-12 cursor-pointer items-center'
            : 'inline-flex min-h-11 cursor-pointer items-center font-semibold text-accent underline underline-offset-4'
        }
      >
        {summary}
      </summary>
      <div className={heading ? 'mb-4' : 'mt-2 grid gap-4'}>{children}</div>
    </details>
  )
}
