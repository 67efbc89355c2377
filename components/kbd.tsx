import type { ReactNode } from 'react'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-6 rounded-s border border-b-2 border-edge bg-raised px-1.5 text-center font-mono text-sm leading-5">
      {children}
    </kbd>
  )
}
