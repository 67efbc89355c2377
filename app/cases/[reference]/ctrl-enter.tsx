'use client'

import { useEffect, useRef } from 'react'

/** Ctrl or Cmd with Enter sends the form it stands in. */
export function CtrlEnter() {
  const mark = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const form = mark.current?.closest('form')
    if (!form) return
    const send = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      form.requestSubmit()
    }
    form.addEventListener('keydown', send)
    return () => form.removeEventListener('keydown', send)
  }, [])
  return <span ref={mark} hidden />
}
