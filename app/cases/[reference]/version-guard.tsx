'use client'

import { useEffect, useRef, useState } from 'react'
import { isBegun } from '#app/_doors/draft.ts'
import { useAnswer } from '#app/_doors/form-frame.tsx'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'

export type Change = { id: number; at: string; text: string }
export type GuardWords = { submit: string; hint: string; title: string; readOn: string; nothing: string }

/** Without a script nobody knows when the writing began: the last few lines are shown. */
const LAST = 5

/**
 * The end of a form on a case: its version and its button. From the first letter typed the version is held, so that
 * whoever writes longer than a colleague is told what changed meanwhile, keeps his text, and sends it on top only
 * after reading. The form also takes its place in the address: a page read again keeps it open.
 */
export function VersionGuard({
  name,
  version,
  readAt,
  changes,
  words,
  large,
  danger,
}: {
  /** The action, as the address says it; null for a form that is always there. */
  name: string
  version: number
  readAt: string
  changes: Change[]
  words: GuardWords
  large?: boolean
  danger?: boolean
}) {
  const { state, pending } = useAnswer()
  const field = useRef<HTMLInputElement>(null)
  const [held, setHeld] = useState<{ version: number; readAt: string } | null>(null)
  const current = useRef({ version, readAt })
  current.current = { version, readAt }

  useEffect(() => {
    const form = field.current?.form
    if (!form) return
    const begin = () => {
      setHeld((before) => before ?? current.current)
      stay()
    }
    // In the address too: overtaken, the form is still there to say so.
    const stay = () => {
      const url = new URL(location.href)
      if (url.searchParams.get('do') === name) return
      url.searchParams.set('do', name)
      history.replaceState(null, '', url)
    }
    const send = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      form.requestSubmit()
    }
    // Typed before the scripts came.
    if (isBegun(form)) begin()
    form.addEventListener('input', begin)
    form.addEventListener('submit', stay)
    form.addEventListener('keydown', send)
    return () => {
      form.removeEventListener('input', begin)
      form.removeEventListener('submit', stay)
      form.removeEventListener('keydown', send)
    }
  }, [name])

  const overtaken = held !== null && held.version !== version
  const shown = overtaken ? changes.filter((change) => change.at > held.readAt) : changes.slice(0, LAST)
  return (
    <>
      <input ref={field} type="hidden" name="version" value={held?.version ?? version} />
      {(overtaken || state.conflict) && (
        <Notice tone="warn" title={words.title} live>
          {shown.length === 0 ? (
            <p>{words.nothing}</p>
          ) : (
            <ul className="ml-5 list-disc">
              {shown.map((change) => (
                <li key={change.id}>{change.text}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {overtaken ? (
          <Button
            kind="primary"
            size={large ? 'large' : 'normal'}
            name="version"
            value={version}
            aria-disabled={pending}
          >
            {words.readOn}
          </Button>
        ) : (
          <Button
            kind={danger ? 'danger' : 'primary'}
            size={large ? 'large' : 'normal'}
            aria-disabled={pending}
          >
            {words.submit}
          </Button>
        )}
        <span className="text-sm text-soft coarse:hidden">{words.hint}</span>
      </p>
    </>
  )
}
