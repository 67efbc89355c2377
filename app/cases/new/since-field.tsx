'use client'

import { FormRadios, FormText } from '#app/_doors/fields.tsx'
import { type PlaceZone, usePlace } from './place.tsx'
import { SINCE_CHOICES } from './since.ts'

export type SinceWords = {
  label: string
  choices: Record<(typeof SINCE_CHOICES)[number], string>
  exact: string
}

/** A quick answer, or the exact hour on the clock of the place: the choice "other" uncovers it, by style alone. */
export function SinceField({
  words,
  zones,
  fallback,
}: {
  words: SinceWords
  /** Territories whose clock is not that of Paris. */
  zones: Record<string, PlaceZone>
  fallback: PlaceZone
}) {
  const { code } = usePlace()
  const zone = zones[code] ?? fallback
  return (
    <div className="group">
      <FormRadios
        name="since"
        layout="row"
        label={words.label}
        options={SINCE_CHOICES.map((value) => ({ value, label: words.choices[value] }))}
      />
      <div className="mt-3 hidden max-w-xs group-has-[input[value=other]:checked]:block">
        <FormText name={`sinceAt@${zone.timeZone}`} type="datetime-local" label={words.exact} />
      </div>
    </div>
  )
}
