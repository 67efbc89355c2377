'use client'

import { useState } from 'react'
import { Button } from './button.tsx'
import { useHydrated } from './hydrated.ts'
import type { IconName } from './icon.tsx'

/** Copies `text`, or else the address of this page. Without a script the text stands beside it, and the address in the browser's own bar. */
export function CopyButton({
  text,
  icon,
  label,
  done,
}: {
  text?: string
  icon?: IconName
  label: string
  done: string
}) {
  const [copied, setCopied] = useState(false)
  if (!useHydrated()) return null
  const copy = () =>
    navigator.clipboard.writeText(text ?? location.origin + location.pathname).then(
      () => setCopied(true),
      // Forbidden by the browser: what is shown remains.
      () => {},
    )
  return (
    <>
      <Button type="button" {...(icon ? { icon } : {})} onClick={copy}>
        {label}
      </Button>
      <span role="status" className="self-center">
        {copied && done}
      </span>
    </>
  )
}
