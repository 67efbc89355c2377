'use client'

import { useSyncExternalStore } from 'react'

/** False in what the server writes and until scripts run: what must work without them is drawn then. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  )
}
