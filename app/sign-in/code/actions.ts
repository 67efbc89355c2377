'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { begun, end } from '#app/_auth/ceremony.ts'
import { safePath } from '#app/_auth/paths.ts'
import { failure, goesOn } from '#app/_doors/failure.ts'
import type { Reason } from '#app/_doors/result.ts'
import { textOf } from '#app/_doors/text.ts'
import { secondStep } from '../commands/second-step.ts'
import { enter, knocks } from '../enter.ts'
import { spoken } from '../spoken.ts'

export type SecondState = { reason: Reason | null }

/** Longer than any code is typed. */
const LONGEST = 60

export async function secondStepAction(_before: SecondState, form: FormData): Promise<SecondState> {
  try {
    return await prove(form)
  } catch (error) {
    if (goesOn(error)) throw error
    failure('sign-in', error)
    return { reason: { key: 'auth.failed' } }
  }
}

async function prove(form: FormData): Promise<SecondState> {
  const [jar, now] = [await cookies(), new Date()]
  const half = await begun(jar, 'second', now)
  if (!half) redirect('/sign-in?late')
  const code = textOf(form, 'proof').trim()
  if (!code) return { reason: { key: 'auth.second.missing' } }
  if (code.length > LONGEST) return { reason: { key: 'auth.second.wrong' } }
  const knocking = await knocks()
  const signed = await secondStep({ accountId: half.accountId, code, ...knocking }, now)
  if (!signed.ok) return { reason: spoken(signed.reason, now) }
  end(jar, 'second')
  redirect(await enter(signed.value, knocking.browser, safePath(textOf(form, 'next'))))
}
