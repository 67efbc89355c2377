'use server'

import { z } from 'zod'
import { secret } from '#app/_auth/cookie.ts'
import { currentSessionId } from '#app/_auth/session.ts'
import { formAction } from '#app/_doors/form.ts'
import { changePassphrase } from '../commands/change-passphrase.ts'
import { revokeOtherSessions, revokeSession } from '../commands/end-session.ts'

export const revokeAction = formAction(z.object({ sessionId: z.uuid() }), revokeSession, {
  may: 'account.own',
  next: (count) => ({ key: 'auth.sessions.revoked', values: { count } }),
})

export const revokeOthersAction = formAction(
  z.object({}),
  async (actor, _input, now) =>
    revokeOtherSessions(actor, { sessionId: (await currentSessionId()) ?? '' }, now),
  { may: 'account.own', next: (count) => ({ key: 'auth.sessions.revoked', values: { count } }) },
)

const passphrases = z.object({
  present_passphrase: z.string().max(1000),
  wanted_passphrase: z.string().max(1000),
})

export const changePassphraseAction = formAction(
  passphrases,
  async (actor, input, now) =>
    changePassphrase(
      actor,
      {
        present: input.present_passphrase,
        wanted: input.wanted_passphrase,
        sessionId: (await currentSessionId()) ?? '',
        secret: secret(),
      },
      now,
    ),
  { may: 'account.own', next: () => ({ key: 'auth.passphrase.changed' }) },
)
