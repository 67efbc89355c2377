'use client'

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { DRAFT_EVENT } from '#app/_doors/draft.ts'
import { FormSelect, FormText } from '#app/_doors/fields.tsx'
import { useAnswer } from '#app/_doors/form-frame.tsx'
import { Button } from '#components/button.tsx'
import { FieldError, Hint, type Option } from '#components/field.tsx'
import { useHydrated } from '#components/hydrated.ts'

export type TestWords = {
  legend?: string
  hint?: string
  /** One hole, {n}. */
  row: string
  passed: string
  tried: string
  technology: string
  operator: string
  /** Without it, nobody is asked in how many minutes. */
  window?: string
  /** With `numbers`. */
  number?: string
  add: string
  unknown: string
}

const ROWS_WITHOUT_SCRIPT = 3
const MOST_ROWS = 50

/** n passed of m tried, from which network; the cell's and a reporter's. With JavaScript a row at a time; without, three, and a button that asks for more. */
export function TestRows({
  at: name = 'tests',
  scope,
  words,
  technologies,
  numbers = [],
  canAskForRows = false,
}: {
  /** Where they stand in the form: 'tests' or 'facts.tests'. */
  at?: string
  /** Tells the rows of several forms of one page apart. */
  scope?: string
  words: TestWords
  technologies: Option[]
  /** The numbers of the case, when one may say towards which. */
  numbers?: string[]
  /** Whether the form's action answers the button `do=rows`. */
  canAskForRows?: boolean
}) {
  const idOf = (field: string) => (scope ? `${scope}-${field}` : field)
  const { state } = useAnswer()
  const hydrated = useHydrated()
  const asked = Number(state.values.rows) || 0
  const [added, setAdded] = useState(1)
  const box = useRef<HTMLFieldSetElement>(null)
  const typedRows = rowsIn(name, Object.keys(state.values))
  const count = Math.min(
    MOST_ROWS,
    Math.max(added, typedRows, hydrated ? 1 : Math.max(asked, ROWS_WITHOUT_SCRIPT)),
  )
  const fault = state.fields[name]

  // A page is written in before its scripts have come: a row that was filled then stays.
  useLayoutEffect(() => {
    const fields = box.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select') ?? []
    const filled = [...fields].filter(({ value }) => value !== '').map((field) => field.name)
    setAdded((rows) => Math.max(rows, rowsIn(name, filled)))
  }, [name])

  const kept = useRef<Record<string, string[]> | null>(null)
  useEffect(() => {
    const form = box.current?.closest('form')
    const restore = (event: Event) => {
      kept.current = (event as CustomEvent<Record<string, string[]>>).detail
      const filled = Object.entries(kept.current).filter(([, values]) => values.some(Boolean))
      setAdded((rows) =>
        Math.max(
          rows,
          rowsIn(
            name,
            filled.map(([field]) => field),
          ),
        ),
      )
    }
    form?.addEventListener(DRAFT_EVENT, restore)
    return () => form?.removeEventListener(DRAFT_EVENT, restore)
  }, [name])
  // The rows of a draft exist only now, after its other fields were filled.
  useEffect(() => {
    if (added < 2 || !kept.current) return
    for (const field of box.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
      'input, select',
    ) ?? [])
      field.value = kept.current[field.name]?.[0] ?? field.value
    kept.current = null
  }, [added])

  function addRow() {
    // What a draft had is in its rows by now: it is not put back over what was typed since.
    kept.current = null
    setAdded(count + 1)
  }

  return (
    <fieldset
      ref={box}
      id={idOf(name)}
      className="min-w-0"
      aria-describedby={words.hint ? `${idOf(name)}-hint` : undefined}
      tabIndex={-1}
    >
      {words.legend && <legend className="font-semibold">{words.legend}</legend>}
      {words.hint && <Hint id={idOf(name)}>{words.hint}</Hint>}
      <FieldError id={idOf(name)}>{fault?.text}</FieldError>
      <ol className="mt-2 grid gap-3">
        {Array.from({ length: count }, (_, n) => `${name}.${n}`).map((row, n) => (
          <li key={row}>
            <fieldset
              className={`grid min-w-0 grid-cols-2 gap-x-3 gap-y-2 rounded-m border border-line bg-raised p-3 md:items-end ${scope ? 'md:grid-cols-[6rem_6rem_1fr]' : 'md:grid-cols-[6rem_6rem_1fr_1fr_9rem]'}`}
            >
              <legend className="float-left col-span-full text-sm font-semibold text-soft">
                {words.row.replace('{n}', String(n + 1))}
              </legend>
              <FormText
                id={idOf(`${row}.passed`)}
                name={`${row}.passed`}
                label={words.passed}
                type="text"
                inputMode="numeric"
              />
              <FormText
                id={idOf(`${row}.tried`)}
                name={`${row}.tried`}
                label={words.tried}
                type="text"
                inputMode="numeric"
              />
              <div className="col-span-2 md:col-span-1">
                <FormSelect
                  id={idOf(`${row}.technology`)}
                  name={`${row}.technology`}
                  label={words.technology}
                  empty={words.unknown}
                  options={technologies}
                />
              </div>
              <div className={scope ? 'md:col-span-2' : undefined}>
                <FormText
                  id={idOf(`${row}.operator`)}
                  name={`${row}.operator`}
                  label={words.operator}
                  most={200}
                  autoComplete="off"
                />
              </div>
              {words.window && (
                <FormText
                  id={idOf(`${row}.windowMin`)}
                  name={`${row}.windowMin`}
                  label={words.window}
                  type="text"
                  inputMode="numeric"
                />
              )}
              {words.number && numbers.length > 0 && (
                <FormSelect
                  id={idOf(`${row}.number`)}
                  name={`${row}.number`}
                  label={words.number}
                  empty="–"
                  options={numbers.map((number) => ({ value: number, label: number }))}
                />
              )}
            </fieldset>
          </li>
        ))}
      </ol>
      {(hydrated || canAskForRows) && count < MOST_ROWS && (
        <div className="mt-2">
          {!hydrated && asked > 0 && <input type="hidden" name="rows" value={count} />}
          <Button
            type={hydrated ? 'button' : 'submit'}
            name="do"
            value="rows"
            formNoValidate
            icon="plus"
            onClick={hydrated ? addRow : undefined}
          >
            {words.add}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** One more than the highest row named among these fields. */
function rowsIn(name: string, fields: string[]): number {
  return fields.reduce((most, field) => {
    const rest = field.startsWith(`${name}.`) ? field.slice(name.length + 1) : ''
    const row = /^\d+/.exec(rest)?.[0]
    return row ? Math.max(most, Number(row) + 1) : most
  }, 0)
}
