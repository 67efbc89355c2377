'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useEffect, useRef } from 'react'
import { Button } from '#components/button.tsx'
import { TextInput } from '#components/field.tsx'
import { Notice } from '#components/notice.tsx'
import { type SignInState, signInAction } from './actions.ts'

const NOTHING: SignInState = { email: '', reason: null }

/** Works without JavaScript: a plain form that posts to its page. A stronger sign-in is one more form beside it. */
export function SignInForm({ next }: { next: string | null }) {
  const t = useTranslations('auth')
  const [state, action, pending] = useActionState(signInAction, NOTHING)
  const answer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!state.reason) return
    answer.current?.focus()
    const name = document.title
    document.title = `${t('error')} ${name}`
    return () => {
      document.title = name
    }
  }, [state, t])
  return (
    <form action={action} className="grid gap-4" aria-busy={pending}>
      {next && <input type="hidden" name="next" value={next} />}
      {state.reason && (
        <div ref={answer} tabIndex={-1}>
          <Notice live tone="danger">
            {t(state.reason.key.replace(/^auth\./, '') as 'wrong', state.reason.values)}
          </Notice>
        </div>
      )}
      <TextInput
        key={state.email}
        name="email"
        type="email"
        label={t('email')}
        autoComplete="username"
        required
        defaultValue={state.email}
      />
      <TextInput
        name="passphrase"
        type="password"
        label={t('passphrase.label')}
        autoComplete="current-password"
        required
      />
      <Button size="large" wide aria-disabled={pending}>
        {t('sign_in')}
      </Button>
    </form>
  )
}
