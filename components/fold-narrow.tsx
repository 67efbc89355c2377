'use client'

import { type ReactNode, useLayoutEffect, useRef } from 'react'

/**
 * Closed on a telephone, where what is under it must be near; open and without its line on a wide screen, also one that was
 * widened. Narrowed again it stays as it is: nothing is taken from under a reader. Closed, it always has its line.
 */
export function FoldNarrow({ title, children }: { title: ReactNode; children: ReactNode }) {
  const box = useRef<HTMLDetailsElement>(null)
  useLayoutEffect(() => {
    const wide = matchMedia('(width >= 64rem)')
    const open = () => {
      if (box.current && wide.matches) box.current.open = true
    }
    open()
    wide.addEventListener('change', open)
    return () => wide.removeEventListener('change', open)
  }, [])
  return (
    <details
      ref={box}
      className="group min-w-0 max-lg:rounded-m max-lg:border max-lg:border-line max-lg:bg-raised max-lg:px-3"
    >
      <summary className="flex min-h-11 cursor-pointer items-center text-lg font-semibold [@media(scripting:enabled)]:lg:group-open:hidden">
        {title}
      </summary>
      <div className="grid min-w-0 gap-5 max-lg:pb-3">{children}</div>
    </details>
  )
}
