'use client'

import { useState } from 'react'
import { Button } from '#components/button.tsx'
import { useHydrated } from '#components/hydrated.ts'

/** Without a script the address stands in the browser's own bar. */
export function CopyAddress({ label, done }: { label: string; done: string }) {
  const [copied, setCopied] = useState(false)
  if (!useHydrated()) return null
  const copy = () =>
    navigator.clipboard.writeText(location.origin + location.pathname).then(
      () => setCopied(true),
      // Forbidden by the browser: its bar remains.
      () => {},
    )
  return (
    <>
      <Button type="button" icon="link" onClick={copy}>
        {label}
      </Button>
      <span role="status" className="self-center">
        {copied && done}
      </span>
    </>
  )
}
