'use client'

import type { ReactNode } from 'react'
import { Button } from './button.tsx'

/** Opens the browser's print window, which also makes a PDF. Useless on paper, and without JavaScript. */
export function PrintButton({ children }: { children: ReactNode }) {
  return (
    <Button type="button" data-screen-only onClick={() => window.print()}>
      {children}
    </Button>
  )
}
