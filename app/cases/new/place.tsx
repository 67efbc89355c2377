'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'
import { FormSelect } from '#app/_doors/fields.tsx'
import { useField } from '#app/_doors/form-frame.tsx'
import type { Option, OptionGroup } from '#components/field.tsx'

export type PlaceZone = { name: string; timeZone: string }

type Place = { code: string; choose: (code: string) => void }
const Chosen = createContext<Place>({ code: '', choose: () => {} })

/** The territory chosen in question 5: it orders the communes found and says whose clock an hour is read on. */
export function PlaceOfReport({ initial, children }: { initial: string; children: ReactNode }) {
  const { typed } = useField('territoryCode')
  const [code, choose] = useState(typeof typed === 'string' ? typed : initial)
  return <Chosen value={{ code, choose }}>{children}</Chosen>
}

export function usePlace(): Place {
  return useContext(Chosen)
}

export function TerritoryField({
  label,
  empty,
  mark,
  hint,
  options,
}: {
  label: string
  empty: string
  mark: string
  hint?: string | undefined
  options: (Option | OptionGroup)[]
}) {
  const { code, choose } = usePlace()
  return (
    <FormSelect
      name="territoryCode"
      label={label}
      mark={mark}
      hint={hint}
      empty={empty}
      options={options}
      defaultValue={code}
      autoComplete="off"
      onChange={(event) => choose(event.currentTarget.value)}
    />
  )
}
