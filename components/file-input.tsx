'use client'

import type { ComponentProps } from 'react'
import { CONTROL } from './field.tsx'

/** A file to send; one of more than `most` bytes is told before it travels. */
export function FileInput({
  name,
  most,
  tooLarge,
  ...rest
}: Omit<ComponentProps<'input'>, 'type' | 'id' | 'onChange' | 'className'> & {
  name: string
  most: number
  tooLarge: string
}) {
  return (
    <input
      {...rest}
      type="file"
      id={name}
      name={name}
      onChange={({ currentTarget }) =>
        currentTarget.setCustomValidity((currentTarget.files?.[0]?.size ?? 0) > most ? tooLarge : '')
      }
      className={`${CONTROL} file:mr-3 file:rounded-s file:border file:border-edge file:bg-sunken file:px-3 file:py-1 file:font-semibold file:text-ink`}
    />
  )
}
