'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useEffect, useRef } from 'react'
import { Button } from '#components/button.tsx'
import { TextInput } from '#components/field.tsx'
import { Notice } from '#components/notice.tsx'
import { type SecondState, secondStepAction } from './actions.ts'

const NOTHING: SecondState = { reason: null }

/** One field, one button; works without JavaScript. */
export function SecondForm({ next }: { next: string | null }) {
  const t = useTranslations('auth')
  const [state, action, pending] = useActionState(secondStepAction, NOTHING)
  const field = useRef<HTMLFormElement>(null)
  // After a refusal the next code is typed at once; the alert says why.
  useEffect(() => {
    if (state.reason) field.current?.querySelector('input')?.focus()
  }, [state])
  return (
    <form ref={field} action={action} className="grid gap-4" aria-busy={pending}>
      {next && <input type="hidden" name="next" value={next} />}
      {state.reason && (
        <Notice live tone="danger">
          {t(state.reason.key.replace(/^auth\./, '') as 'second.wrong', state.reason.values)}
        </Notice>
      )}
      <TextInput
        name="proof"
        label={t('second.code')}
        hint={t('second.code_hint')}
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        className="font-mono text-xl tracking-widest"
        required
        // The page is this one field, asked by whoever has just pressed "sign in".
        autoFocus
      />
      <Button kind="primary" size="large" wide aria-disabled={pending}>
        {t('second.confirm')}
      </Button>
    </form>
  )
}
