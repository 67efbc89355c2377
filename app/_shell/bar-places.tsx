'use client'

import { usePathname } from 'next/navigation'
import { Nav } from '#components/nav.tsx'
import { placeAt } from './places.ts'

/** In the browser, because the frame is not drawn again from one page to the next. */
export function BarPlaces({ label, places }: { label: string; places: { href: string; label: string }[] }) {
  const here = placeAt(
    usePathname(),
    places.map((place) => place.href),
  )
  return <Nav label={label} items={places.map((place) => ({ ...place, current: place.href === here }))} />
}
