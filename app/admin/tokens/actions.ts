'use server'

import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { makeToken, revokeToken } from '../commands/tokens.ts'
import { withFound } from '../found-typed.ts'
import { deviceTokenInput, tokenIdInput, tokenInput } from '../input.ts'

const may = 'accounts.keep'

const make = formAction(tokenInput, makeToken, {
  may,
  fresh: true,
  next: ({ token }, { name }) => ({ key: 'accounts.done.token', values: { name, secret: token } }),
})

export async function makeTokenAction(before: FormState, form: FormData): Promise<FormState> {
  return withFound('account', make, before, form)
}

export const makeDeviceTokenAction = formAction(
  deviceTokenInput,
  (actor, { name, scope, days }, now) =>
    makeToken(actor, { accountId: actor.accountId, name, scopes: [scope], days }, now),
  {
    may,
    fresh: true,
    next: ({ token }, { name }) => ({ key: 'accounts.done.token', values: { name, secret: token } }),
  },
)

export const revokeTokenAction = formAction(tokenIdInput, revokeToken, {
  may,
  next: () => ({ key: 'accounts.done.token_revoked' }),
})
