'use client'

import { useField } from '#app/_doors/form-frame.tsx'
import { Field } from '#components/field.tsx'
import { described } from '#components/field-ids.ts'
import { FileInput } from '#components/file-input.tsx'

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
      <FileInput
        name="file"
        accept=".json,application/json"
        {...described('file', { hint, error: fault?.text })}
        most={most}
        tooLarge={tooLarge}
      />
    </Field>
  )
}
