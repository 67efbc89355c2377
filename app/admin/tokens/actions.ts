'use server'

import { formAction } from '#app/_doors/form.ts'
import { makeToken, revokeToken } from '../commands/tokens.ts'
import { tokenIdInput, tokenInput } from '../input.ts'

const roles = ['admin'] as const

export const makeTokenAction = formAction(tokenInput, makeToken, {
  roles,
  next: ({ token }, { name }) => ({ key: 'accounts.done.token', values: { name, secret: token } }),
})
export const revokeTokenAction = formAction(tokenIdInput, revokeToken, {
  roles,
  next: () => ({ key: 'accounts.done.token_revoked' }),
})
