'use client'

import { usePathname } from 'next/navigation'
import { Nav } from '#components/nav.tsx'
import { inBar, placeAt } from './places.ts'

type Shown = { href: string; label: string }

/** In the browser, because the frame is not drawn again from one page to the next. */
export function BarPlaces({ label, more, places }: { label: string; more: string; places: Shown[] }) {
  const here = placeAt(
    usePathname(),
    places.map((place) => place.href),
  )
  const [first, rest] = inBar(places.map((place) => ({ ...place, current: place.href === here })))
  return <Nav label={label} items={first} more={rest.length > 0 ? { label: more, items: rest } : undefined} />
}
