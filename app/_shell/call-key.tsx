'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { isShortcut } from '#components/shortcuts.ts'

/** Prendre un appel: one key, on any page of the cell. */
export const CALL_KEY = 't'
const CALL = '/cases/new?channel=phone'

/** The key that takes a call. On the form itself it does nothing: a call that is being taken down is not left by a slip. */
export function CallKey() {
  const router = useRouter()
  const path = usePathname()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== CALL_KEY || event.repeat || !isShortcut(event)) return
      if (path === '/cases/new' && !new URLSearchParams(location.search).has('done')) return
      event.preventDefault()
      router.push(CALL)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [router, path])
  return null
}
