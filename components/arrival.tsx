'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/** A part that appears because of what was just done: the reader stands there, and goes on with Tab. */
export function Arrival({
  label,
  className,
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus({ preventScroll: true }), [])
  return (
    <section ref={box} tabIndex={-1} aria-label={label} className={className}>
      {children}
    </section>
  )
}
