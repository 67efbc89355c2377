'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { Notice } from '#components/notice.tsx'

/** What was just done, whose form has left the page with it: shown, and read aloud as the focus comes to it. */
export function Said({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.focus()
    // Read again tomorrow, the address says nothing of what was done today.
    history.replaceState(history.state, '', location.pathname)
  }, [])
  return (
    <div ref={box} id="said" tabIndex={-1} className="mt-3">
      <Notice live tone="ok">
        {children}
      </Notice>
    </div>
  )
}
