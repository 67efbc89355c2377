'use client'

import { Combobox } from '#components/combobox.tsx'

/** A commune found while typing; a département by its code or name is understood when the form is sent. */
export function PlaceField({
  text,
  code,
  words: { none, found, remove, ...labels },
}: {
  text: string
  code: string
  words: {
    label: string
    hint: string
    error: string | null
    none: string
    found: string
    remove: string
  }
}) {
  return (
    <Combobox
      key={`${code}|${text}`}
      name="commune"
      textName="place"
      {...labels}
      defaultText={text}
      defaultChosen={code ? [{ value: code, label: text }] : []}
      source="/api/communes"
      words={{ none, found, remove }}
    />
  )
}
