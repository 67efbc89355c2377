'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { hearLate, type LateAnswer } from '#app/_doors/late-answer.ts'
import { Notice } from '#components/notice.tsx'

/**
 * What a form was answered that is gone from the page: a colleague was first, and the next step has taken its place. What
 * came with the page itself (a form posted without scripts) is hidden while its own form says it (app/globals.css).
 */
export function PageAnswer({ said }: { said: LateAnswer | null }) {
  const [shown, show] = useState(said && { ...said, late: false })
  const path = usePathname()
  useEffect(() => hearLate((answer) => show({ ...answer, late: true })), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, another matter.
  useEffect(() => () => show(null), [path])
  useEffect(() => {
    const forget = () => show(null)
    document.addEventListener('submit', forget)
    return () => document.removeEventListener('submit', forget)
  }, [])
  if (!shown) return null
  return (
    <div className="mb-4" data-page-answer={shown.late ? 'late' : 'posted'}>
      <Notice live tone={shown.ok ? 'ok' : 'warn'}>
        {shown.text}
      </Notice>
    </div>
  )
}
