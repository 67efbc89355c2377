import { useEffect, useRef, useState } from 'react'
import { keepPlaces, orderAnew, samePlaces } from '../rules/places.ts'

/** Asked by a button or its key: every list of the first screen puts itself in order anew. */
const RENEW_EVENT = 'permanence:renew'
export const RENEW_KEY = 'n'

export function renewAll(): void {
  window.dispatchEvent(new Event(RENEW_EVENT))
}

/** What happens when somebody asks for the order. */
export function useRenewal(renew: () => void): void {
  const current = useRef(renew)
  current.current = renew
  useEffect(() => {
    const asked = () => current.current()
    window.addEventListener(RENEW_EVENT, asked)
    return () => window.removeEventListener(RENEW_EVENT, asked)
  }, [])
}

type How = { size: number; spare?: number; reuse?: boolean }

/** Each key keeps its place while the page is open; `still` false (a wall, where nobody points) follows the order given. */
export function usePlaces(keys: readonly string[], still: boolean, { size, spare, reuse }: How) {
  const [kept, setKept] = useState(() => orderAnew(keys, { size, spare }))
  const next = still ? keepPlaces(kept, keys, reuse) : orderAnew(keys, { size, spare })
  if (!samePlaces(next, kept)) setKept(next)
  useRenewal(() => setKept(orderAnew(keys, { size, spare })))
  return next
}
