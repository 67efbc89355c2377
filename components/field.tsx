'use client'

import type { ComponentProps, ReactNode } from 'react'
import { described, errorId, hintId } from './field-ids.ts'
import { Icon } from './icon.tsx'

/** What every field says of itself. `mark` is the word for required or optional; the asterisk alone says nothing. */
export type FieldWords = {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  mark?: ReactNode
  /** Said beneath the control, as it changes: how much of it is filled. */
  note?: { text: string; over: boolean }
  /** Kept for screen readers only: in a row of a table whose head already shows it. */
  hideLabel?: boolean
}

/** A label, its hint and its error around one control whose `id` is given. */
export function Field({ id, children, ...words }: FieldWords & { id: string; children: ReactNode }) {
  return (
    <div className={words.error ? 'border-l-4 border-danger pl-3' : ''}>
      <label htmlFor={id} className={words.hideLabel ? 'sr-only' : 'block font-semibold'}>
        {words.label} <Mark>{words.mark}</Mark>
      </label>
      <Hint id={id}>{words.hint}</Hint>
      <FieldError id={id}>{words.error}</FieldError>
      <div className={words.hideLabel ? '' : 'mt-1.5'}>{children}</div>
      {words.note && (
        <p
          role="status"
          className={`mt-0.5 text-sm ${words.note.over ? 'font-semibold text-danger' : 'text-soft'}`}
        >
          {words.note.text}
        </p>
      )}
    </div>
  )
}

export function Mark({ children }: { children: ReactNode }) {
  return children ? <span className="text-sm font-normal text-soft">({children})</span> : null
}

export function Hint({ id, children }: { id: string; children: ReactNode }) {
  return children ? (
    <p id={hintId(id)} className="mt-0.5 max-w-[65ch] text-sm text-soft">
      {children}
    </p>
  ) : null
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return children ? (
    <p id={errorId(id)} className="mt-0.5 flex gap-1.5 font-semibold text-danger">
      <Icon name="danger" className="mt-[0.2em] size-[1em]" />
      <span>{children}</span>
    </p>
  ) : null
}

export const CONTROL =
  'w-full min-h-11 rounded-m border border-edge bg-raised px-3 py-2 text-ink placeholder:text-soft aria-invalid:border-2 aria-invalid:border-danger disabled:bg-sunken [&[readonly]]:bg-sunken'

type Named = { name: string; id?: string }

/** One line of text. `id` is the name unless the page holds it twice. */
export function TextInput({
  label,
  hint,
  error,
  mark,
  hideLabel,
  note,
  id,
  className = '',
  ...rest
}: FieldWords & Named & Omit<ComponentProps<'input'>, 'name' | 'id'>) {
  const own = id ?? rest.name
  return (
    <Field id={own} {...{ label, hint, error, mark, hideLabel, note }}>
      <input {...rest} id={own} {...described(own, { hint, error })} className={`${CONTROL} ${className}`} />
    </Field>
  )
}

export function TextArea({
  label,
  hint,
  error,
  mark,
  hideLabel,
  note,
  id,
  className = '',
  ...rest
}: FieldWords & Named & Omit<ComponentProps<'textarea'>, 'name' | 'id'>) {
  const own = id ?? rest.name
  return (
    <Field id={own} {...{ label, hint, error, mark, hideLabel, note }}>
      <textarea
        rows={4}
        {...rest}
        id={own}
        {...described(own, { hint, error })}
        className={`${CONTROL} field-sizing-content min-h-24 ${className}`}
      />
    </Field>
  )
}

export type Option = { value: string; label: string; disabled?: boolean }
export type OptionGroup = { label: string; options: Option[] }

export function Select({
  label,
  hint,
  error,
  mark,
  hideLabel,
  id,
  options,
  empty,
  className = '',
  ...rest
}: FieldWords &
  Named &
  Omit<ComponentProps<'select'>, 'name' | 'id' | 'children'> & {
    options: (Option | OptionGroup)[]
    /** Words of the choice that means “nothing chosen”. */
    empty?: string
  }) {
  const own = id ?? rest.name
  return (
    <Field id={own} {...{ label, hint, error, mark, hideLabel }}>
      <select {...rest} id={own} {...described(own, { hint, error })} className={`${CONTROL} ${className}`}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((item) =>
          'options' in item ? (
            <optgroup key={item.label} label={item.label}>
              {item.options.map((option) => (
                <Choice key={option.value} {...option} />
              ))}
            </optgroup>
          ) : (
            <Choice key={item.value} {...item} />
          ),
        )}
      </select>
    </Field>
  )
}

function Choice({ value, label, disabled }: Option) {
  return (
    <option value={value} disabled={disabled}>
      {label}
    </option>
  )
}
