'use client'

import { useEffect, useRef, useState } from 'react'
import { Notice } from '#components/notice.tsx'

export type OpenCase = { reference: string; numbers: string[]; line: string }

/**
 * Before a second case is made of one failure: the open case of the organisation for a number that is ticked, and the way to
 * add to it. Nothing is refused: the same number may fail in two ways.
 */
export function OpenCases({ cases, title }: { cases: OpenCase[]; title: string }) {
  const [ticked, setTicked] = useState<string[]>([])
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const form = box.current?.closest('form')
    if (!form) return
    const read = () => setTicked(new FormData(form).getAll('numbers[]').map(String))
    read()
    form.addEventListener('change', read)
    return () => form.removeEventListener('change', read)
  }, [])
  const same = cases.filter(({ numbers }) => numbers.some((number) => ticked.includes(number)))
  return (
    <div ref={box}>
      <div role="status">{same.length > 0 && <Already cases={same} title={title} />}</div>
      {cases.length > 0 && (
        <noscript>
          <Already cases={cases} title={title} />
        </noscript>
      )}
    </div>
  )
}

function Already({ cases, title }: { cases: OpenCase[]; title: string }) {
  return (
    <Notice tone="warn" title={title}>
      <ul>
        {cases.map(({ reference, line }) => (
          <li key={reference}>
            <a href={`/my/${reference}?do=answer#answer`} className="inline-flex min-h-11 items-center">
              {line}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
