'use server'

import { z } from 'zod'
import { secret } from '#app/_auth/cookie.ts'
import { safePath } from '#app/_auth/paths.ts'
import { currentSessionId } from '#app/_auth/session.ts'
import { formAction } from '#app/_doors/form.ts'
import { proveAgain } from '../commands/prove-again.ts'
import { spoken } from '../spoken.ts'

const again = z.object({
  proof: z.string('forms.required').min(1, 'forms.required').max(1_000),
  next: z.string().max(1_000).nullish(),
})

export const proveAgainAction = formAction(
  again,
  async (actor, { proof }) => {
    // The hour of sign-in is the real one, whatever clock an exercise reads.
    const now = new Date()
    const sessionId = (await currentSessionId()) ?? ''
    const proved = await proveAgain(actor, { proof, sessionId, secret: secret() }, now)
    return proved.ok ? proved : { ...proved, reason: spoken(proved.reason, now) }
  },
  {
    may: 'account.own',
    settingUp: true,
    next: (_, { next }) => safePath(next) ?? { key: 'auth.again.done' },
  },
)
