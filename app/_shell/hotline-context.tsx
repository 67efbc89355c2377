'use client'

import { createContext, type ReactNode, useContext, useEffect } from 'react'
import type { Hotline } from './hotline.ts'

const Line = createContext<Hotline | null>(null)
const KEPT = 'hotline'

/** Error pages run in the browser, where no setting can be read any more: the number is already there. */
export function KnownHotline({ line, children }: { line: Hotline; children: ReactNode }) {
  useEffect(() => {
    try {
      localStorage.setItem(KEPT, JSON.stringify(line))
    } catch {
      // Storage refused by the browser: the page that fails shows the number of the build.
    }
  }, [line])
  return <Line value={line}>{children}</Line>
}

export function useHotline(): Hotline | null {
  return useContext(Line)
}

/** The number last seen on this device, for the page that replaces even the frame. */
export function lastKnownHotline(): Hotline | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null')
    return isHotline(kept) ? kept : null
  } catch {
    return null
  }
}

function isHotline(value: unknown): value is Hotline {
  if (typeof value !== 'object' || value === null || !('display' in value) || !('href' in value)) return false
  return typeof value.display === 'string' && typeof value.href === 'string' && value.href.startsWith('tel:')
}
