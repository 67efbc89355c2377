'use client'

import { type FormEvent, useState } from 'react'
import { FormText } from '#app/_doors/fields.tsx'
import { useField } from '#app/_doors/form-frame.tsx'
import { Notice } from '#components/notice.tsx'
import { ownLine } from '../rules/own-line.ts'

/** Where to call back. A line of the place that fails is taken all the same, and said to be one as it is typed. */
export function CallbackField({
  lines,
  given,
  words,
  autoComplete,
}: {
  /** The fixed lines that the directory has of the organisation. */
  lines: string[]
  given: string
  words: { label: string; hint?: string; mark: string; warning: string }
  autoComplete: string
}) {
  const { typed } = useField('callbackPhone')
  const [number, setNumber] = useState(typeof typed === 'string' ? typed : given)
  const follow = ({ target }: FormEvent) => {
    if (target instanceof HTMLInputElement) setNumber(target.value)
  }
  return (
    <div onInput={follow}>
      <FormText
        name="callbackPhone"
        type="tel"
        label={words.label}
        hint={words.hint}
        mark={words.mark}
        defaultValue={given}
        autoComplete={autoComplete}
      />
      <div role="status">
        {ownLine(number, lines) && (
          <div className="mt-2">
            <Notice tone="warn">{words.warning}</Notice>
          </div>
        )}
      </div>
    </div>
  )
}
