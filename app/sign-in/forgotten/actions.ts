'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { addressOf } from '#app/_auth/address.ts'
import { secret } from '#app/_auth/cookie.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { failure, goesOn } from '#app/_doors/failure.ts'
import { textOf } from '#app/_doors/text.ts'
import { askPassphrase } from '../commands/ask-passphrase.ts'

const LONGEST_EMAIL = 254

/** Whatever happens, the same page: only an empty field and a service that does not answer are told. */
export async function askPassphraseAction(form: FormData): Promise<void> {
  const email = textOf(form, 'email')
  if (!email.trim() || email.length > LONGEST_EMAIL) redirect('/sign-in/forgotten?missing')
  try {
    await askPassphrase({ email, address: addressOf(await headers()), secret: secret() }, clockNow())
  } catch (error) {
    if (goesOn(error)) throw error
    failure('sign-in', error)
    redirect('/sign-in/forgotten?failed')
  }
  redirect('/sign-in/forgotten?asked')
}
