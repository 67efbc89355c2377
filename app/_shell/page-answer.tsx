'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { hearLate } from '#app/_doors/late-answer.ts'
import { Notice } from '#components/notice.tsx'

/**
 * What a form was refused that is gone from the page: a colleague was first, and the next step has taken its place. What
 * came with the page itself (a form posted without scripts) is hidden while its own form says it (app/globals.css).
 */
export function PageAnswer({ said }: { said: string | null }) {
  const path = usePathname()
  const [answer, setAnswer] = useState(said === null ? null : { text: said, path, late: false })
  useEffect(() => hearLate((text) => setAnswer({ text, path, late: true })), [path])
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
      <Notice live tone="warn">
        {answer.text}
      </Notice>
    </div>
  )
}
