'use client'

import { CONTROL, Field, hintId } from '#components/field.tsx'

/** A file of the directory; one that is too large is told before it travels. */
export function FileField({
  label,
  hint,
  tooLarge,
  most,
}: {
  label: string
  hint: string
  tooLarge: string
  most: number
}) {
  return (
    <Field id="file" label={label} hint={hint}>
      <input
        type="file"
        id="file"
        name="file"
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        aria-describedby={hintId('file')}
        onChange={({ currentTarget }) =>
          currentTarget.setCustomValidity((currentTarget.files?.[0]?.size ?? 0) > most ? tooLarge : '')
        }
        className={`${CONTROL} file:mr-3 file:rounded-s file:border file:border-edge file:bg-sunken file:px-3 file:py-1 file:font-semibold file:text-ink`}
      />
    </Field>
  )
}
