'use client'

import { FormRadios } from '#app/_doors/fields.tsx'
import { useField } from '#app/_doors/form-frame.tsx'
import { Fold } from './fold.tsx'
import { COMMON_SYMPTOMS, OTHER_SYMPTOMS, type SymptomGroup } from './symptom-groups.ts'

export type SymptomWords = {
  label: string
  mark: string
  more: string
  groups: Record<SymptomGroup, string>
  codes: Record<string, string>
}

/** In words, the code behind; the common ones first, the others folded by what one hears. */
export function SymptomField({
  words,
  coded,
}: {
  words: SymptomWords /** Said to who works with the codes. */
  coded: boolean
}) {
  const { typed } = useField('symptom')
  const options = (codes: readonly string[]) =>
    codes.map((code) => ({
      value: code,
      label: coded ? (
        <>
          {words.codes[code] ?? code}{' '}
          <span className="font-mono text-xs font-normal whitespace-nowrap text-soft">{code}</span>
        </>
      ) : (
        (words.codes[code] ?? code)
      ),
    }))
  return (
    <div className="grid gap-3">
      <FormRadios
        name="symptom"
        label={words.label}
        mark={words.mark}
        hint={words.groups.common}
        options={options(COMMON_SYMPTOMS)}
      />
      <Fold
        summary={words.more}
        startsOpen={typeof typed === 'string' && !COMMON_SYMPTOMS.some((code) => code === typed)}
      >
        {OTHER_SYMPTOMS.map(({ group, codes }) => (
          <FormRadios
            key={group}
            id={`symptom-${group}`}
            error={undefined}
            name="symptom"
            label={words.groups[group]}
            options={options(codes)}
          />
        ))}
      </Fold>
    </div>
  )
}
