'use client'

import { useEffect, useRef, useState } from 'react'
import { DRAFT_EVENT } from '#app/_doors/draft.ts'
import { FormBox } from '#app/_doors/fields.tsx'
import { useField } from '#app/_doors/form-frame.tsx'
import type { ComboOption } from '#components/combo-options.ts'
import { Combobox } from '#components/combobox.tsx'
import { packOption, unpackOptions } from './options.ts'
import { usePlace } from './place.tsx'

export type CommuneWords = {
  label: string
  hint: string
  none: string
  found: string
  remove: string
  search: string
  asSaid: string
}

/** Communes found while typing, those of the chosen territory first. */
export function CommuneField({ words }: { words: CommuneWords }) {
  const { typed, fault } = useField('communeCodes')
  const answered = useField('communesChosen').typed
  const found = useField('communesFound').typed
  const none = useField('communesNone').typed
  const text = useField('communeText').typed
  const [chosen, setChosen] = useState<ComboOption[]>(() => unpackOptions(answered))
  const [drawn, setDrawn] = useState(0)
  const place = usePlace()
  const box = useRef<HTMLDivElement>(null)
  const { none: noneFound, found: foundWords, remove, search, asSaid, ...labels } = words

  useEffect(() => {
    const form = box.current?.closest('form')
    const restore = (event: Event) => {
      const kept = (event as CustomEvent<Record<string, string[]>>).detail.communesKept?.[0]
      if (!kept) return
      setChosen(unpackOptions(kept.split('\n')))
      setDrawn((times) => times + 1)
    }
    const clear = () => {
      setChosen([])
      setDrawn((times) => times + 1)
    }
    form?.addEventListener(DRAFT_EVENT, restore)
    form?.addEventListener('reset', clear)
    return () => {
      form?.removeEventListener(DRAFT_EVENT, restore)
      form?.removeEventListener('reset', clear)
    }
  }, [])

  return (
    <div ref={box} id="communeCodes">
      <input
        type="hidden"
        name="communesKept"
        data-draft
        value={chosen.map(packOption).join('\n')}
        readOnly
      />
      <Combobox
        key={`${drawn}:${typed === undefined}`}
        name="communeCodes[]"
        textName="communeText"
        {...labels}
        error={fault?.text ?? (none ? noneFound : undefined)}
        multiple
        defaultText={typeof text === 'string' && (fault || !none) ? text : ''}
        defaultChosen={chosen}
        source={`/api/communes?in=${encodeURIComponent(place.code)}`}
        choices={unpackOptions(found)}
        search={{ name: 'do', value: 'communes', label: search }}
        words={{ none: noneFound, found: foundWords, remove }}
        onChoose={(now) => {
          setChosen(now)
          // The form listens to what people type; a choice in a list makes no such event by itself.
          box.current?.dispatchEvent(new Event('change', { bubbles: true }))
        }}
      />
      {fault && <FormBox name="communeAsSaid?" id="communeAsSaid" label={asSaid} />}
    </div>
  )
}
