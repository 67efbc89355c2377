'use server'

import { headers } from 'next/headers'
import { siteOf } from '#app/_auth/site.ts'
import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { done } from '#app/_doors/result.ts'
import { changeAccount, createAccount, renewPassphrase, setAccountActive } from '../commands/accounts.ts'
import { revokeSessions } from '../commands/sessions.ts'
import { bindIdentity, invite, resetWays, unbindIdentity } from '../commands/sign-in-ways.ts'
import { withFound } from '../found-typed.ts'
import {
  accountActiveInput,
  accountIdInput,
  accountInput,
  bindInput,
  newAccountInput,
  sessionInput,
  unbindInput,
} from '../input.ts'

/** Whoever opens the house to others has just shown who he is. */
const keep = { may: 'accounts.keep', fresh: true } as const

const create = formAction(newAccountInput, createAccount, {
  ...keep,
  next: ({ passphrase }, { name }) => ({ key: 'accounts.done.made', values: { name, secret: passphrase } }),
})
const change = formAction(accountInput, changeAccount, {
  ...keep,
  next: () => ({ key: 'directory.done.saved' }),
})

export async function createAccountAction(before: FormState, form: FormData): Promise<FormState> {
  return withFound('organisation', create, before, form)
}

export async function changeAccountAction(before: FormState, form: FormData): Promise<FormState> {
  return withFound('organisation', change, before, form)
}

export const renewPassphraseAction = formAction(accountIdInput, renewPassphrase, {
  ...keep,
  next: ({ passphrase }) => ({ key: 'accounts.done.renewed', values: { secret: passphrase } }),
})
export const setAccountActiveAction = formAction(accountActiveInput, setAccountActive, {
  ...keep,
  next: ({ active, cases, shifts, holes }) =>
    active ? { key: 'accounts.done.back' } : { key: 'accounts.done.out', values: { cases, shifts, holes } },
})
export const revokeSessionsAction = formAction(sessionInput, revokeSessions, {
  may: 'accounts.keep',
  next: ({ ended }) => ({ key: 'accounts.done.sessions', values: { count: ended } }),
})

export const inviteAction = formAction(
  accountIdInput,
  async (actor, input, now) => {
    const made = await invite(actor, input, now)
    if (!made.ok) return made
    const { origin } = siteOf(await headers())
    return done({ ...made.value, link: `${origin}/sign-in/invitation/${made.value.token}` })
  },
  {
    ...keep,
    next: ({ link, expiresAt }) => ({
      key: 'accounts.done.invited',
      values: { secret: link, until: expiresAt.toISOString() },
    }),
  },
)
export const resetWaysAction = formAction(accountIdInput, resetWays, {
  ...keep,
  next: (values) => ({ key: 'accounts.done.reset', values }),
})
export const bindIdentityAction = formAction(bindInput, bindIdentity, {
  ...keep,
  next: () => ({ key: 'accounts.done.bound' }),
})
export const unbindIdentityAction = formAction(unbindInput, unbindIdentity, {
  ...keep,
  next: () => ({ key: 'accounts.done.unbound' }),
})
