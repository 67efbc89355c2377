'use client'

import { type RefObject, useState } from 'react'
import { askPasskey } from '#app/sign-in/passkey.ts'
import { Button, LinkButton } from '#components/button.tsx'

export type AgainWords = Record<
  'passkey' | 'elsewhere' | 'done' | 'cancelled' | 'unable' | 'unreachable',
  string
>

/**
 * In a form that must be sent by somebody who has just proved who he is: one gesture proves it and sends it. Another way is a
 * page beside this one, which keeps what was typed; then it is sent again.
 */
export function ProveAgain({
  by,
  words,
  box,
}: {
  by: 'passkey' | 'otherwise'
  words: AgainWords
  /** Stands in the form that waits. */
  box: RefObject<HTMLDivElement | null>
}) {
  const [said, setSaid] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  async function ask() {
    if (asking) return
    setAsking(true)
    const answer = await askPasskey('again')
    setAsking(false)
    if (answer.ok) box.current?.closest('form')?.requestSubmit()
    else
      setSaid('text' in answer ? answer.text : answer.key === 'known' ? words.cancelled : words[answer.key])
  }
  return (
    <>
      {by === 'passkey' && (
        <Button
          type="button"
          kind="primary"
          onClick={ask}
          aria-disabled={asking}
          className="[@media(scripting:none)]:hidden"
        >
          {words.passkey}
        </Button>
      )}
      <LinkButton href="/sign-in/again" target="_blank" rel="noopener">
        {words.elsewhere}
      </LinkButton>
      {said && (
        <p role="alert" className="w-full font-semibold text-danger">
          {said}
        </p>
      )}
    </>
  )
}
