'use client'

import { useField } from '#app/_doors/form-frame.tsx'
import { CONTROL, described, Field } from '#components/field.tsx'

/** A drill of one's own; what is wrong with it is listed line by line. */
export function DrillFileField({
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
  const { fault } = useField('file')
  const faults = String(fault?.values?.list ?? '').split('\n')
  return (
    <Field id="file" label={label} hint={hint} error={fault?.text}>
      {faults[0] && (
        <ul className="mb-2 list-disc pl-5 wrap-anywhere">
          {faults.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      <input
        type="file"
        id="file"
        name="file"
        accept=".json,application/json"
        {...described('file', { hint, error: fault?.text })}
        onChange={({ currentTarget }) =>
          currentTarget.setCustomValidity((currentTarget.files?.[0]?.size ?? 0) > most ? tooLarge : '')
        }
        className={`${CONTROL} file:mr-3 file:rounded-s file:border file:border-edge file:bg-sunken file:px-3 file:py-1 file:font-semibold file:text-ink`}
      />
    </Field>
  )
}
