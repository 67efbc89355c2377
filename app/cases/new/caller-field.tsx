'use client'

import { useRouter } from 'next/navigation'
import { Button } from '#components/button.tsx'
import { Combobox } from '#components/combobox.tsx'

/** The directory while typing: choosing a line asks the page for the rest of that organisation. */
export function CallerField({
  address,
  query,
  words: { button, label, ...words },
}: {
  address: string
  query: string
  words: { label: string; none: string; found: string; remove: string; button: string }
}) {
  const router = useRouter()
  return (
    <div className="grid gap-2 sm:grid-cols-[1fr_auto] sm:items-end">
      <Combobox
        name="reporter"
        textName="q"
        label={label}
        autoFocus
        defaultText={query}
        source="/api/directory"
        words={words}
        onChoose={([chosen]) => chosen && router.push(`${address}${chosen.value}`)}
      />
      <Button icon="search">{button}</Button>
    </div>
  )
}
