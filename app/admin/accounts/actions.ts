'use server'

import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { changeAccount, createAccount, renewPassphrase, setAccountActive } from '../commands/accounts.ts'
import { revokeSessions } from '../commands/sessions.ts'
import { withFound } from '../found-typed.ts'
import { accountActiveInput, accountIdInput, accountInput, newAccountInput, sessionInput } from '../input.ts'

const may = 'accounts.keep'

const create = formAction(newAccountInput, createAccount, {
  may,
  next: ({ passphrase }, { name }) => ({ key: 'accounts.done.made', values: { name, secret: passphrase } }),
})
const change = formAction(accountInput, changeAccount, {
  may,
  next: () => ({ key: 'directory.done.saved' }),
})

export async function createAccountAction(before: FormState, form: FormData): Promise<FormState> {
  return withFound('organisation', create, before, form)
}

export async function changeAccountAction(before: FormState, form: FormData): Promise<FormState> {
  return withFound('organisation', change, before, form)
}

export const renewPassphraseAction = formAction(accountIdInput, renewPassphrase, {
  may,
  next: ({ passphrase }) => ({ key: 'accounts.done.renewed', values: { secret: passphrase } }),
})
export const setAccountActiveAction = formAction(accountActiveInput, setAccountActive, {
  may,
  next: ({ active, cases, shifts, holes }) =>
    active ? { key: 'accounts.done.back' } : { key: 'accounts.done.out', values: { cases, shifts, holes } },
})
export const revokeSessionsAction = formAction(sessionInput, revokeSessions, {
  may,
  next: ({ ended }) => ({ key: 'accounts.done.sessions', values: { count: ended } }),
})
