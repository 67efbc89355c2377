'use client'

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { type ComboOption, type OptionSource, useOptions } from './combo-options.ts'
import { CONTROL, Field, type FieldWords } from './field.tsx'
import { described } from './field-ids.ts'
import { useHydrated } from './hydrated.ts'
import { Icon } from './icon.tsx'

type ComboboxProps = FieldWords &
  OptionSource & {
    /** Field that carries the chosen value; several of the same name when `multiple`. */
    name: string
    /** Field that carries what was typed: all there is without JavaScript. */
    textName: string
    defaultText?: string
    defaultChosen?: ComboOption[]
    multiple?: boolean
    /** Without JavaScript the server sends the page back with these, to be ticked. */
    choices?: ComboOption[]
    /** Without JavaScript: the submit button that asks for `choices`. */
    search?: { name: string; value: string; label: string }
    /** `remove` has one hole, {label}. `found` is read aloud after a search and has one hole, {count}. */
    words: { none: string; found: string; remove: string }
    onChoose?: (chosen: ComboOption[]) => void
    /** The page is for this field: one begins there. */
    autoFocus?: boolean
  }

/** Search while typing. Arrows move, Enter chooses, Escape closes; what was typed is sent even if nothing was chosen. */
export function Combobox(props: ComboboxProps) {
  const { label, hint, error, mark, hideLabel, name, textName, multiple = false, words } = props
  const id = name
  const listId = useId()
  const hydrated = useHydrated()
  const [text, setText] = useState(
    props.defaultText ?? (multiple ? '' : (props.defaultChosen?.[0]?.label ?? '')),
  )
  const [chosen, setChosen] = useState(props.defaultChosen ?? [])
  const [open, setOpen] = useState(false)
  // By its value: another answer may put something else in its place.
  const [marked, setMarked] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const { options, settled } = useOptions(props, open ? text : '')
  const active = options.findIndex(({ value }) => value === marked)

  const keep = (next: ComboOption[]) => {
    setChosen(next)
    props.onChoose?.(next)
  }
  const choose = (option: ComboOption) => {
    keep(multiple ? [...chosen.filter((c) => c.value !== option.value), option] : [option])
    setText(multiple ? '' : option.label)
    setOpen(false)
    setMarked(null)
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      const next = (active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length
      setMarked(options[next]?.value ?? null)
    } else if (event.key === 'Enter' && open && text) {
      // What was found for an earlier text is chosen by whoever marks it, not by who has typed on.
      const option = options[active < 0 && settled && options.length === 1 ? 0 : active]
      // Enter would send the form while the list is still open.
      event.preventDefault()
      if (option) choose(option)
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      setOpen(false)
    } else if (event.key === 'Backspace' && multiple && text === '' && chosen.length > 0)
      keep(chosen.slice(0, -1))
  }
  const shown = hydrated && open && text.length >= (props.minLength ?? 2)
  const activeId = shown && active >= 0 ? `${listId}-${active}` : undefined
  // The focus stays in the field: the browser does not bring the option of the arrows into view by itself.
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  return (
    <Field id={id} {...{ label, hint, error, mark, hideLabel }}>
      {chosen.map((option) => (
        <input key={option.value} type="hidden" name={name} value={option.value} />
      ))}
      {multiple && chosen.length > 0 && <Chosen chosen={chosen} keep={keep} remove={words.remove} />}
      <div className="relative">
        <input
          ref={input}
          id={id}
          name={textName}
          value={text}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: only where the page asks nothing else before it.
          autoFocus={props.autoFocus}
          {...(hydrated
            ? {
                role: 'combobox',
                'aria-expanded': shown,
                'aria-controls': listId,
                'aria-autocomplete': 'list' as const,
                'aria-activedescendant': activeId,
              }
            : {})}
          {...described(id, { hint, error })}
          className={`${CONTROL} pr-10`}
          onChange={(event) => {
            setText(event.target.value)
            // A draft put back is nobody asking: its list would lie over what stands below.
            setOpen(document.activeElement === event.target)
            setMarked(null)
            // A changed text is no longer the option that was chosen.
            if (!multiple && chosen.length > 0) keep([])
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        <Icon name="search" className="pointer-events-none absolute top-3.5 right-3 size-4 text-soft" />
        {/* Never without its list: aria-controls points at it. */}
        <div
          id={listId}
          role="listbox"
          aria-label={typeof label === 'string' ? label : undefined}
          tabIndex={-1}
          hidden={!shown || options.length === 0}
          className="absolute z-40 mt-1 max-h-80 w-full overflow-y-auto rounded-m border border-edge bg-raised p-1 shadow-over"
        >
          {options.map((option, index) => (
            <div
              key={option.value}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              // The pointer going down would take the focus, and the list would close under it.
              onPointerDown={(event) => event.preventDefault()}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
              onKeyDown={onKeyDown}
              className="flex min-h-11 cursor-pointer flex-wrap items-baseline gap-x-2 rounded-s px-2.5 py-2 hover:bg-hover aria-selected:bg-accent aria-selected:text-on-accent forced:aria-selected:outline-2"
            >
              {option.label}
              {option.hint && <span className="text-sm opacity-85">{option.hint}</span>}
            </div>
          ))}
        </div>
        {shown && settled && options.length === 0 && (
          <p className="absolute z-40 mt-1 w-full rounded-m border border-edge bg-raised px-3 py-2.5 text-soft shadow-over">
            {words.none}
          </p>
        )}
      </div>
      <span role="status" className="sr-only">
        {shown && settled
          ? options.length > 0
            ? words.found.replace('{count}', String(options.length))
            : words.none
          : ''}
      </span>
      {!hydrated && <Fallback {...props} />}
    </Field>
  )
}

function Chosen({
  chosen,
  keep,
  remove,
}: {
  chosen: ComboOption[]
  keep: (next: ComboOption[]) => void
  remove: string
}) {
  return (
    <ul className="mb-1.5 flex flex-wrap gap-1.5">
      {chosen.map((option) => (
        <li
          key={option.value}
          className="inline-flex items-center rounded-m border border-accent bg-accent-soft pl-2.5 font-semibold"
        >
          {option.label}
          <button
            type="button"
            aria-label={remove.replace('{label}', option.label)}
            onClick={() => keep(chosen.filter((c) => c.value !== option.value))}
            className="inline-flex size-9 items-center justify-center coarse:size-11"
          >
            <Icon name="cross" className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Written by the server for who has no JavaScript: a button that searches, then boxes to tick. */
function Fallback({ name, multiple, choices, search }: ComboboxProps) {
  return (
    <noscript>
      {search && (
        <button
          type="submit"
          formNoValidate
          name={search.name}
          value={search.value}
          className="mt-2 min-h-11 rounded-m border border-edge bg-raised px-4 font-semibold text-accent"
        >
          {search.label}
        </button>
      )}
      {choices?.map((option) => (
        <label
          key={option.value}
          className="mt-2 flex min-h-11 items-center gap-2.5 rounded-m border border-edge bg-raised px-3"
        >
          <input
            type={multiple ? 'checkbox' : 'radio'}
            name={name}
            value={option.value}
            className="size-5 accent-accent"
          />
          {option.label} {option.hint && <span className="text-sm text-soft">{option.hint}</span>}
        </label>
      ))}
    </noscript>
  )
}
