'use client'

import { useLocale } from 'next-intl'
import { type ComponentProps, type FormEvent, useState } from 'react'
import type { Locale } from '#app/_i18n/locale.ts'
import { fromLocalInput, type Turn, zoneText } from '#app/_i18n/time.ts'
import { Field, type FieldWords, Select, TextArea, TextInput } from '#components/field.tsx'
import { described } from '#components/field-ids.ts'
import { FileInput } from '#components/file-input.tsx'
import { Checkbox, CheckboxGroup, RadioGroup } from '#components/toggles.tsx'
import { TURN } from './form-data.ts'
import { useAnswer, useField } from './form-frame.tsx'

/** What a text may hold where the schema says nothing shorter: the same for every free text of the product. */
const LONGEST_TEXT = 4_000

type Long = {
  /** What the schema takes, counted as one types. Nothing cuts what is pasted: the answer says what is too much. */ most?: number
}

/**
 * The fields of `components/` inside a form of the door: each shows again what was typed and what is wrong with it.
 * `name` may bear its mark (`numbers[]`, `sinceAt@Europe/Paris`); the id is the plain name, which errors lead to.
 */
export function FormText(props: ComponentProps<typeof TextInput> & Long & { defaultTurn?: Turn }) {
  const zone = props.type === 'datetime-local' ? /@(.+)$/.exec(props.name)?.[1] : undefined
  const { most, defaultTurn, ...rest } = props
  if (zone) return <FormHour {...rest} zone={zone} defaultTurn={defaultTurn} />
  return <PlainText {...rest} most={most} />
}

function PlainText({ most, ...props }: ComponentProps<typeof TextInput> & Long) {
  const { plain, typed, fault } = useMarked(props.name)
  const value = one(typed) ?? props.defaultValue
  const { count, note } = useCounted(most, value)
  return <TextInput id={plain} error={fault} {...props} defaultValue={value} onInput={count} note={note} />
}

/** An hour of a place, whose clock is named; in the night when it goes back, which of the two it is. */
function FormHour({
  zone,
  defaultTurn,
  ...props
}: ComponentProps<typeof TextInput> & { zone: string; defaultTurn?: Turn }) {
  const { plain, typed, fault } = useMarked(props.name)
  const { words } = useAnswer()
  const named = zoneText(zone, useLocale() as Locale)
  const value = one(typed) ?? props.defaultValue
  const [local, setLocal] = useState(typeof value === 'string' ? value : '')
  return (
    <div className="grid gap-2">
      <TextInput
        id={plain}
        error={fault}
        {...props}
        hint={
          <>
            {/* Server and browser may know a far clock by two names. */}
            <span suppressHydrationWarning>{`${named.charAt(0).toUpperCase()}${named.slice(1)}.`}</span>{' '}
            {props.hint}
          </>
        }
        defaultValue={value}
        onInput={(event) => setLocal(event.currentTarget.value)}
      />
      {[local, one(typed) ?? ''].some((text) => fromLocalInput(text, zone) === '!twice') && (
        <FormSelect
          name={`${plain}${TURN}`}
          id={`${props.id ?? plain}-turn`}
          label={words.hourTwice}
          empty="–"
          defaultValue={defaultTurn}
          options={[
            { value: 'first', label: words.hourFirst },
            { value: 'second', label: words.hourSecond },
          ]}
        />
      )}
    </div>
  )
}

export function FormArea({ most = LONGEST_TEXT, ...props }: ComponentProps<typeof TextArea> & Long) {
  const { plain, typed, fault } = useMarked(props.name)
  const value = one(typed) ?? props.defaultValue
  const { count, note } = useCounted(most, value)
  return <TextArea id={plain} error={fault} {...props} defaultValue={value} onInput={count} note={note} />
}

/** Shown from nine tenths of what may be written: before, it would only be noise. */
function useCounted(most: number | undefined, value: unknown) {
  const { words } = useAnswer()
  const [length, setLength] = useState(typeof value === 'string' ? value.length : 0)
  const count = (event: FormEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    setLength(event.currentTarget.value.length)
  if (most === undefined || length < most * 0.9) return { count }
  const over = length - most
  const sentence = over > 0 ? words.tooLong : words.counted
  const figures = { length, most, over }
  const text = sentence.replace(/\{(length|most|over)\}/g, (_, name: keyof typeof figures) =>
    grouped(figures[name]),
  )
  return { count, note: { text, over: over > 0 } }
}

function grouped(figure: number): string {
  return String(figure).replace(/\B(?=(\d{3})+$)/g, '\u202f')
}

/** A file is sent once and never shown again: after a refusal it is chosen anew. */
export function FormFile({
  label,
  hint,
  mark,
  ...input
}: ComponentProps<typeof FileInput> & Pick<FieldWords, 'label' | 'hint' | 'mark'>) {
  const { fault } = useField(input.name)
  return (
    <Field id={input.name} label={label} hint={hint} mark={mark} error={fault?.text}>
      <FileInput {...input} {...described(input.name, { hint, error: fault?.text })} />
    </Field>
  )
}

export function FormSelect(props: ComponentProps<typeof Select>) {
  const { plain, typed, fault } = useMarked(props.name)
  const value = one(typed) ?? props.defaultValue
  // A choice drawn anew does not follow a new default by itself.
  return <Select key={String(value)} id={plain} error={fault} {...props} defaultValue={value} />
}

export function FormRadios(props: ComponentProps<typeof RadioGroup>) {
  const { plain, typed, fault } = useMarked(props.name)
  return <RadioGroup id={plain} error={fault} {...props} defaultValue={one(typed) ?? props.defaultValue} />
}

export function FormBoxes(props: ComponentProps<typeof CheckboxGroup>) {
  const { plain, typed, fault } = useMarked(props.name)
  const chosen = typed === undefined ? props.defaultValues : [typed].flat()
  return <CheckboxGroup id={plain} error={fault} {...props} defaultValues={chosen} />
}

export function FormBox(props: ComponentProps<typeof Checkbox>) {
  const { plain, typed, fault } = useMarked(props.name)
  const ticked = typed === undefined ? props.defaultChecked : typed !== '' && typed !== 'false'
  return <Checkbox id={plain} error={fault} {...props} defaultChecked={ticked} />
}

function useMarked(name: string) {
  const plain = name.replace(/(\[\]|\?|@.*)$/, '')
  const { typed, fault } = useField(plain)
  return { plain, typed, fault: fault?.text }
}

function one(typed: string | string[] | undefined): string | undefined {
  return Array.isArray(typed) ? typed.at(-1) : typed
}
