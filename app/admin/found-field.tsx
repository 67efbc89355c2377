'use client'

import { useEffect, useRef, useState } from 'react'
import { DRAFT_EVENT } from '#app/_doors/draft.ts'
import { useField } from '#app/_doors/form-frame.tsx'
import { packOption, unpackOptions } from '#app/cases/new/options.ts'
import type { ComboOption } from '#components/combo-options.ts'
import { Combobox } from '#components/combobox.tsx'
import type { Findable } from './found-option.ts'

export type FoundWords = {
  label: string
  hint: string
  none: string
  found: string
  remove: string
  search: string
}

/**
 * One thing found while typing among hundreds; nothing typed is none. Without JavaScript, a search and its list. Its form
 * goes through `withFound` with the same `what`.
 */
export function FoundField({
  what,
  source,
  initial,
  words: { none, found, remove, search, ...labels },
}: {
  what: Findable
  source: string
  initial: ComboOption | null
  words: FoundWords
}) {
  const { typed, fault } = useField(`${what}Id`)
  const text = useField(`${what}Text`).typed
  const answered = useField(`${what}Chosen`).typed
  const list = useField(`${what}Found`).typed
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
      const words = kept[`${what}Text`]
      if (words) draw(kept[`${what}Kept`]?.[0] ?? '', words[0])
    }
    const clear = () => draw(written)
    form?.addEventListener(DRAFT_EVENT, restore)
    form?.addEventListener('reset', clear)
    return () => {
      form?.removeEventListener(DRAFT_EVENT, restore)
      form?.removeEventListener('reset', clear)
    }
  }, [what, written])

  return (
    <div ref={box}>
      <input
        type="hidden"
        name={`${what}Kept`}
        data-draft
        value={chosen.map(packOption).join('\n')}
        readOnly
      />
      <input type="hidden" name={`${what}Was`} value={chosen[0]?.value ?? ''} readOnly />
      <Combobox
        key={`${drawn}:${written}:${typed === undefined}`}
        name={`${what}Id`}
        textName={`${what}Text`}
        {...labels}
        error={fault?.text}
        defaultText={typedText}
        defaultChosen={chosen}
        source={source}
        choices={unpackOptions(list)}
        search={{ name: 'do', value: what, label: search }}
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
