'use server'

import { redirect } from 'next/navigation'
import { failure, goesOn } from '#app/_doors/failure.ts'
import { textOf } from '#app/_doors/text.ts'
import { followInvitation } from '../../commands/invitation.ts'
import { enter, knocks } from '../../enter.ts'

/** Looking at the link does nothing; this follows it, once. */
export async function followInvitationAction(form: FormData): Promise<void> {
  const token = textOf(form, 'token').slice(0, 100)
  const { browser, where } = await knocks()
  try {
    const signed = await followInvitation({ token, where }, new Date())
    if (!signed.ok) redirect(`/sign-in/invitation/${encodeURIComponent(token) || 'x'}?gone`)
    redirect(await enter(signed.value, browser, null))
  } catch (error) {
    if (goesOn(error)) throw error
    failure('sign-in', error)
    redirect(`/sign-in/invitation/${encodeURIComponent(token) || 'x'}?failed`)
  }
}
