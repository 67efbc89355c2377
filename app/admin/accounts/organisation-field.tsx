'use client'

import { useEffect, useRef, useState } from 'react'
import { DRAFT_EVENT } from '#app/_doors/draft.ts'
import { useField } from '#app/_doors/form-frame.tsx'
import { packOption, unpackOptions } from '#app/cases/new/options.ts'
import type { ComboOption } from '#components/combo-options.ts'
import { Combobox } from '#components/combobox.tsx'

export type OrganisationWords = {
  label: string
  hint: string
  none: string
  found: string
  remove: string
  search: string
}

/** One organisation, found while typing among hundreds; nothing typed is none. Without JavaScript, a search and its list. */
export function OrganisationField({
  initial,
  words: { none, found, remove, search, ...labels },
}: {
  initial: ComboOption | null
  words: OrganisationWords
}) {
  const { typed, fault } = useField('organisationId')
  const text = useField('organisationText').typed
  const answered = useField('organisationChosen').typed
  const list = useField('organisationsFound').typed
  const written = initial ? packOption(initial) : ''
  const [chosen, setChosen] = useState(() => unpackOptions(text === undefined ? written : answered))
  const [typedText, setTypedText] = useState(typeof text === 'string' ? text : undefined)
  const [drawn, setDrawn] = useState(0)
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const form = box.current?.closest('form')
    const draw = (packed: string, words?: string) => {
      setChosen(unpackOptions(packed))
      setTypedText(words)
      setDrawn((times) => times + 1)
    }
    const restore = (event: Event) => {
      const kept = (event as CustomEvent<Record<string, string[]>>).detail
      if (kept.organisationText) draw(kept.organisationKept?.[0] ?? '', kept.organisationText[0])
    }
    const clear = () => draw(written)
    form?.addEventListener(DRAFT_EVENT, restore)
    form?.addEventListener('reset', clear)
    return () => {
      form?.removeEventListener(DRAFT_EVENT, restore)
      form?.removeEventListener('reset', clear)
    }
  }, [written])

  return (
    <div ref={box}>
      <input
        type="hidden"
        name="organisationKept"
        data-draft
        value={chosen.map(packOption).join('\n')}
        readOnly
      />
      <input type="hidden" name="organisationWas" value={chosen[0]?.value ?? ''} readOnly />
      <Combobox
        key={`${drawn}:${written}:${typed === undefined}`}
        name="organisationId"
        textName="organisationText"
        {...labels}
        error={fault?.text}
        defaultText={typedText}
        defaultChosen={chosen}
        source="/api/organisations"
        choices={unpackOptions(list)}
        search={{ name: 'do', value: 'organisations', label: search }}
        words={{ none, found, remove }}
        onChoose={(now) => {
          setChosen(now)
          // The form listens to what people type; a choice in a list makes no such event by itself.
          box.current?.dispatchEvent(new Event('change', { bubbles: true }))
        }}
      />
    </div>
  )
}
