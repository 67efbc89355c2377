'use client'

import type { ChangeEventHandler, ReactNode } from 'react'
import { FieldError, type FieldWords, Hint, Mark } from './field.tsx'
import { described } from './field-ids.ts'

export type Toggle = {
  value: string
  label: ReactNode
  /** A second line, smaller. */
  hint?: ReactNode
  disabled?: boolean
}

type GroupProps = Omit<FieldWords, 'hideLabel'> & {
  name: string
  id?: string
  options: Toggle[]
  /** How the choices stand: a few short ones side by side, or a list of sentences. */
  layout?: 'row' | 'grid' | 'list'
  /** Short things to be seen from afar: emergency numbers. */
  large?: boolean
  onChange?: ChangeEventHandler<HTMLInputElement>
}

/** One answer among several. Native radios inside large labels: they work as they are without JavaScript. */
export function RadioGroup({
  defaultValue,
  required,
  ...group
}: GroupProps & { defaultValue?: string; required?: boolean }) {
  return (
    <Group {...group}>
      {(option, id) => (
        <input
          type="radio"
          id={id}
          name={group.name}
          value={option.value}
          defaultChecked={option.value === defaultValue}
          disabled={option.disabled}
          required={required}
          onChange={group.onChange}
          className={BOX}
        />
      )}
    </Group>
  )
}

/** Several answers at once. */
export function CheckboxGroup({
  defaultValues = [],
  ...group
}: GroupProps & { defaultValues?: readonly string[] }) {
  return (
    <Group {...group}>
      {(option, id) => (
        <input
          type="checkbox"
          id={id}
          name={group.name}
          value={option.value}
          defaultChecked={defaultValues.includes(option.value)}
          disabled={option.disabled}
          onChange={group.onChange}
          className={BOX}
        />
      )}
    </Group>
  )
}

/** A single box to tick, with its sentence. */
export function Checkbox({
  name,
  id = name,
  label,
  hint,
  error,
  value = 'on',
  defaultChecked,
  onChange,
}: Omit<FieldWords, 'hideLabel' | 'mark'> & {
  name: string
  id?: string
  value?: string
  defaultChecked?: boolean
  onChange?: ChangeEventHandler<HTMLInputElement>
}) {
  return (
    <div>
      <label htmlFor={id} className={`${LABEL} items-start px-3 py-2.5`}>
        <input
          type="checkbox"
          {...{ id, name, value, defaultChecked, onChange }}
          {...described(id, { hint, error })}
          className={`${BOX} mt-0.5`}
        />
        <span>{label}</span>
      </label>
      <Hint id={id}>{hint}</Hint>
      <FieldError id={id}>{error}</FieldError>
    </div>
  )
}

const BOX = 'size-5 shrink-0 accent-accent'
const LABEL =
  'relative flex min-h-11 items-center gap-2.5 rounded-m border border-edge bg-raised hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-checked:font-semibold has-checked:outline-2 has-checked:-outline-offset-2 has-checked:outline-accent has-disabled:opacity-60 has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus'

const LAYOUTS = {
  row: 'flex flex-wrap gap-2',
  grid: 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-2',
  /** Two on a telephone: all of them are seen at once. */
  narrow: 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,9.5rem),1fr))] gap-2 sm:grid-cols-3',
  list: 'grid gap-2',
}

function Group({
  name,
  id = name,
  label,
  hint,
  error,
  mark,
  options,
  layout = 'grid',
  large,
  children,
}: GroupProps & { children: (option: Toggle, id: string) => ReactNode }) {
  const wiring = described(id, { hint, error })
  return (
    <fieldset
      aria-describedby={wiring['aria-describedby']}
      className={`min-w-0 ${error ? 'border-l-4 border-danger pl-3' : ''}`}
    >
      <legend className="font-semibold">
        {label} <Mark>{mark}</Mark>
      </legend>
      <Hint id={id}>{hint}</Hint>
      <FieldError id={id}>{error}</FieldError>
      <div className={`mt-1.5 ${LAYOUTS[large && layout === 'grid' ? 'narrow' : layout]}`}>
        {options.map((option, index) => {
          // The first bears the name of the group, so that the summary of errors can lead to it.
          const own = index === 0 ? id : `${id}-${option.value}`
          return (
            <label
              key={option.value}
              htmlFor={own}
              className={`${LABEL} ${large ? 'px-3 py-2.5 text-xl sm:px-4' : 'px-3 py-2'} ${layout === 'row' ? 'max-sm:gap-2 max-sm:px-2.5' : ''}`}
            >
              {children(option, own)}
              <span className="min-w-0">
                <span className={large ? 'font-bold tabular-nums' : ''}>{option.label}</span>
                {option.hint && <span className="block text-sm font-normal text-soft">{option.hint}</span>}
              </span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
