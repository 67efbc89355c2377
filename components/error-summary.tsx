'use client'

import { type MouseEvent, useEffect, useRef } from 'react'
import { Icon } from './icon.tsx'

export type FieldProblem = { id: string; text: string }

/**
 * Above a form that was refused: everything that is wrong, each a link to its field. Takes the focus at each
 * answer, so that nobody searches for what happened: give it the answer as its key.
 */
export function ErrorSummary({ title, problems }: { title: string; problems: FieldProblem[] }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  if (problems.length === 0) return null
  // One of several forms of a page gives its fields ids of their own: there the field is known by its name.
  const lead = (event: MouseEvent, id: string) => {
    const form = box.current?.closest('form')
    if (!form || form.querySelector(`#${CSS.escape(id)}`)) return
    const field = form.querySelector<HTMLElement>(`[name^="${CSS.escape(id)}"]`)
    if (!field) return
    event.preventDefault()
    field.focus()
  }
  return (
    <div ref={box} role="alert" tabIndex={-1} className="rounded-m border-2 border-danger bg-danger-soft p-4">
      <h2 className="flex items-center gap-2 text-lg text-danger">
        <Icon name="danger" /> {title}
      </h2>
      <ul className="mt-1">
        {problems.map((problem) => (
          <li key={problem.id}>
            <a
              href={`#${problem.id}`}
              onClick={(event) => lead(event, problem.id)}
              className="inline-flex min-h-8 items-center font-semibold text-danger coarse:min-h-11"
            >
              {problem.text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
