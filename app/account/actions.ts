'use server'

import { cookies } from 'next/headers'
import { cookieName, cookieOptions } from '#app/_auth/cookie.ts'
import { formAction } from '#app/_doors/form.ts'
import { LOCALE_COOKIE } from '#app/_i18n/locale.ts'
import { changeProfile } from './commands/change-profile.ts'
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
