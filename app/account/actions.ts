'use server'

import { cookies } from 'next/headers'
import { z } from 'zod'
import { begin, begun, end } from '#app/_auth/ceremony.ts'
import { cookieName, cookieOptions, secret } from '#app/_auth/cookie.ts'
import { currentSessionId } from '#app/_auth/session.ts'
import { formAction } from '#app/_doors/form.ts'
import { done, refused } from '#app/_doors/result.ts'
import { LOCALE_COOKIE } from '#app/_i18n/locale.ts'
import { requiredText } from '#app/cases/fields.ts'
import { changePassphrase, choosePassphrase } from '#app/sign-in/commands/change-passphrase.ts'
import { revokeOtherSessions, revokeSession } from '#app/sign-in/commands/end-session.ts'
import { makeCodes, removeTotp, setTotp } from '#app/sign-in/commands/own-codes.ts'
import { removePasskey } from '#app/sign-in/commands/passkeys.ts'
import { makeTotpSecret } from '#app/sign-in/totp.ts'
import { changeProfile } from './commands/change-profile.ts'
import { rectify } from './commands/held.ts'
import { profileInput } from './input.ts'

const A_YEAR_MS = 365 * 24 * 3600_000

export const changeProfileAction = formAction(
  profileInput,
  async (actor, input, now) => {
    const changed = await changeProfile(actor, input, now)
    if (changed.ok) (await cookies()).set(cookieName(LOCALE_COOKIE), input.locale, cookieOptions(A_YEAR_MS))
    return changed
  },
  { may: 'account.own', next: () => ({ key: 'accounts.profile.saved' }) },
)

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

export const removePasskeyAction = formAction(
  z.object({ id: z.coerce.number().int().positive() }),
  removePasskey,
  { may: 'account.own', fresh: true, settingUp: true, next: () => ({ key: 'auth.ways.removed' }) },
)

/** Of those who may do nothing else yet, too; the hour of sign-in is the real one, whatever clock an exercise reads. */
const own = { may: 'account.own', fresh: true, settingUp: true } as const

/** A new secret for this browser alone: kept nowhere else until a code proves that the application has it. */
export const beginTotpAction = formAction(
  z.object({}),
  async ({ accountId }) => {
    await begin(await cookies(), 'totp', { accountId, secret: makeTotpSecret() }, new Date())
    return done(null)
  },
  own,
)

export const setTotpAction = formAction(
  z.object({ proof: z.string('forms.required').min(1, 'forms.required').max(20, 'auth.totp.wrong') }),
  async (actor, { proof }) => {
    const [jar, now] = [await cookies(), new Date()]
    const offered = await begun(jar, 'totp', now)
    if (offered?.accountId !== actor.accountId) return refused('auth.totp.expired')
    const sessionId = (await currentSessionId()) ?? ''
    const set = await setTotp(actor, { secret: offered.secret, code: proof, sessionId }, now)
    if (set.ok) end(jar, 'totp')
    return set
  },
  { ...own, next: () => ({ key: 'auth.totp.done' }) },
)

export const removeTotpAction = formAction(z.object({}), removeTotp, {
  ...own,
  next: () => ({ key: 'auth.ways.totp_removed' }),
})

export const makeCodesAction = formAction(
  z.object({}),
  async (actor) =>
    makeCodes(actor, { sessionId: (await currentSessionId()) ?? '', secret: secret() }, new Date()),
  { ...own, next: ({ codes }) => ({ key: 'auth.ways.codes_done', values: { codes: codes.join(' ') } }) },
)

export const choosePassphraseAction = formAction(
  z.object({ wanted_passphrase: z.string('forms.required').max(1000) }),
  async (actor, input) =>
    choosePassphrase(
      actor,
      { wanted: input.wanted_passphrase, sessionId: (await currentSessionId()) ?? '' },
      new Date(),
    ),
  { ...own, next: () => ({ key: 'auth.passphrase.chosen' }) },
)

export const rectifyAction = formAction(z.object({ what: requiredText }), rectify, {
  may: 'account.own',
  next: () => ({ key: 'accounts.data.done' }),
})
