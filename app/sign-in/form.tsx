'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { type SignInState, signInAction } from './actions.ts'

/** Works without JavaScript: a plain form that posts to its page. */
export function SignInForm({ next }: { next: string | null }) {
  const t = useTranslations('auth')
  const nothing: SignInState = { email: '', reason: null }
  const [state, action, pending] = useActionState(signInAction, nothing)
  const { reason } = state
  return (
    <form action={action} className="flex max-w-md flex-col gap-4">
      {next && <input type="hidden" name="next" value={next} />}
      <p role="alert">{reason && t(reason.key.replace(/^auth\./, '') as 'wrong', reason.values)}</p>
      <label className="flex flex-col gap-1">
        {t('email')}
        <input
          key={state.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={state.email}
        />
      </label>
      <label className="flex flex-col gap-1">
        {t('passphrase.label')}
        <input name="passphrase" type="password" autoComplete="current-password" required maxLength={1000} />
      </label>
      <button type="submit" aria-disabled={pending}>
        {t('sign_in')}
      </button>
    </form>
  )
}
