import { useEffect, useState } from 'react'
import type { FormDoor, FormState } from './form-data.ts'
import { type LateAnswer, sayLate } from './late-answer.ts'

/** What stood there for so long was read; that a thing is done is read at once, and looked for again by nobody. */
const READ_MS = { refused: 60_000, done: 10_000 }

/**
 * An answer may arrive with a page that no longer draws its form (a colleague was first; what was to do is done, and its row
 * is gone), or be taken away with the form when the page is read again a moment later: it is said above the page then. Until the next sending, or another page.
 */
export function useLateAnswer() {
  const [late] = useState(() => {
    let drawn = true
    let kept: { said: LateAnswer; shown: { href: string; at: number } | null } | null = null
    const say = () => {
      // Shown already, and its reader has gone elsewhere by himself, or had the time to read it: no news there.
      const { href, at } = kept?.shown ?? { href: location.href, at: Date.now() }
      if (kept && href === location.href && Date.now() - at < READ_MS[kept.said.ok ? 'done' : 'refused'])
        sayLate(kept.said)
      kept = null
    }
    const forget = () => {
      kept = null
    }
    return {
      heard:
        (door: FormDoor): FormDoor =>
        async (before, data) => {
          const answer = await door(before, data)
          kept = answer.reason && { said: { text: answer.reason.text, ok: answer.ok }, shown: null }
          if (!drawn) say()
          return answer
        },
      /** What is to correct in its fields goes with them. */
      shown: ({ fields }: FormState) => {
        if (!kept) return
        const shown = { href: location.href, at: Date.now() }
        kept = Object.keys(fields).length > 0 ? null : { ...kept, shown }
      },
      mounted: () => {
        drawn = true
        document.addEventListener('submit', forget)
        return () => {
          drawn = false
          document.removeEventListener('submit', forget)
          say()
        }
      },
    }
  })
  useEffect(() => late.mounted(), [late])
  return late
}
