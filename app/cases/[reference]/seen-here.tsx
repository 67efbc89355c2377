'use client'

import { useEffect } from 'react'
import { see } from '../_queue/seen.ts'

/** Whoever opened a case has seen it: the queue marks it no more as new for him. */
export function SeenHere({ who, reference }: { who: string; reference: string }) {
  useEffect(() => see(who, [reference]), [who, reference])
  return null
}
