'use client'

import { useEffect } from 'react'
import { dropAllDrafts } from './draft.ts'

/** Shown after a sign-out: what one person typed does not stay in the tab for the next. */
export function ForgetDrafts() {
  useEffect(dropAllDrafts, [])
  return null
}
