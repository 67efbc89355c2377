'use client'

import type { ComponentProps } from 'react'
import { Select, TextArea, TextInput } from '#components/field.tsx'
import { Checkbox, CheckboxGroup, RadioGroup } from '#components/toggles.tsx'
import { useField } from './form-frame.tsx'

/**
 * The fields of `components/` inside a form of the door: each shows again what was typed and what is wrong with it.
 * `name` may bear its mark (`numbers[]`, `sinceAt@Europe/Paris`); the id is the plain name, which errors lead to.
 */
export function FormText(props: ComponentProps<typeof TextInput>) {
  const { plain, typed, fault } = useMarked(props.name)
  return <TextInput id={plain} error={fault} {...props} defaultValue={one(typed) ?? props.defaultValue} />
}

export function FormArea(props: ComponentProps<typeof TextArea>) {
  const { plain, typed, fault } = useMarked(props.name)
  return <TextArea id={plain} error={fault} {...props} defaultValue={one(typed) ?? props.defaultValue} />
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
