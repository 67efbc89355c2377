'use client'

import { useEffect, useRef, useState } from 'react'
import { DRAFT_EVENT } from '#app/_doors/draft.ts'
import { FormSelect, FormText } from '#app/_doors/fields.tsx'
import { useAnswer } from '#app/_doors/form-frame.tsx'
import { Button } from '#components/button.tsx'
import type { Option } from '#components/field.tsx'
import { useHydrated } from '#components/hydrated.ts'

export type TestWords = {
  test: string
  passed: string
  tried: string
  technology: string
  operator: string
  number: string
  add: string
  unknown: string
}

/** Enough for a verification from three networks; without a script that is all there is. */
const ROWS = 3

/** Rows passed / tried / from which network. `at` is where they stand in the form: 'tests' or 'facts.tests'. */
export function TestRows({
  at = 'tests',
  technologies,
  numbers,
  words,
}: {
  at?: string
  technologies: Option[]
  numbers: string[]
  words: TestWords
}) {
  const hydrated = useHydrated()
  const { state } = useAnswer()
  const box = useRef<HTMLDivElement>(null)
  const fault = state.fields[at]
  const [rows, setRows] = useState(hydrated ? 1 : ROWS)

  useEffect(() => {
    const form = box.current?.closest('form')
    const make = (event: Event) => {
      const kept = (event as CustomEvent<Record<string, string[]>>).detail
      const last = Object.keys(kept).reduce((most, name) => {
        const row = name.startsWith(`${at}.`) ? Number(name.slice(at.length + 1).split('.')[0]) : -1
        return kept[name]?.[0] ? Math.max(most, row) : most
      }, 0)
      setRows((now) => Math.max(now, last + 1))
    }
    form?.addEventListener(DRAFT_EVENT, make)
    return () => form?.removeEventListener(DRAFT_EVENT, make)
  }, [at])

  return (
    <div ref={box} className="grid gap-2">
      {fault && <p className="font-semibold text-danger">{fault.text}</p>}
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <fieldset
          key={row}
          className="grid grid-cols-2 gap-2 border-l-4 border-line pl-3 sm:grid-cols-[5.5rem_5.5rem_1fr_1fr_6rem]"
        >
          <legend className="sr-only">{words.test.replace('{n}', String(row + 1))}</legend>
          <FormText
            name={`${at}.${row}.passed`}
            label={words.passed}
            type="number"
            min={0}
            inputMode="numeric"
          />
          <FormText
            name={`${at}.${row}.tried`}
            label={words.tried}
            type="number"
            min={1}
            inputMode="numeric"
          />
          <FormSelect
            name={`${at}.${row}.technology`}
            label={words.technology}
            empty={words.unknown}
            options={technologies}
          />
          <FormText name={`${at}.${row}.operator`} label={words.operator} most={200} />
          <FormSelect
            name={`${at}.${row}.number`}
            label={words.number}
            empty="–"
            options={numbers.map((number) => ({ value: number, label: number }))}
          />
        </fieldset>
      ))}
      {hydrated && (
        <div>
          <Button type="button" size="dense" icon="plus" onClick={() => setRows(rows + 1)}>
            {words.add}
          </Button>
        </div>
      )}
    </div>
  )
}
