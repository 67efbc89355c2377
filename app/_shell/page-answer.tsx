'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { hearLate, type LateAnswer } from '#app/_doors/late-answer.ts'
import { Notice } from '#components/notice.tsx'

/**
 * What a form was answered that is gone from the page: a colleague was first, or it is done and its row has left. What
 * came with the page itself (a form posted without scripts) is hidden while its own form says it (app/globals.css).
 */
export function PageAnswer({ said }: { said: LateAnswer | null }) {
  const path = usePathname()
  const [answer, setAnswer] = useState(said && { ...said, path, late: false })
  useEffect(() => hearLate((heard) => setAnswer({ ...heard, path, late: true })), [path])
  useEffect(() => {
    const forget = () => setAnswer(null)
    document.addEventListener('submit', forget)
    return () => document.removeEventListener('submit', forget)
  }, [])
  // Another page, another matter.
  if (answer && answer.path !== path) setAnswer(null)
  if (!answer) return null
  return (
    <div className="mb-4" data-page-answer={answer.late ? 'late' : 'posted'}>
      <Notice live tone={answer.ok ? 'ok' : 'warn'}>
        {answer.text}
      </Notice>
    </div>
  )
}
