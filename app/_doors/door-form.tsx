import { cookies, headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { cache, type ReactNode } from 'react'
import { type AccountActor, may, ownerKey } from '#app/_auth/actor.ts'
import { currentSessionId, getActor, requestBegan } from '#app/_auth/session.ts'
import { getHotlinePhone } from '#app/cell/settings.ts'
import type { FormDoor } from './form-data.ts'
import { BLANK_FORM, type FormState, filledForm } from './form-data.ts'
import { FormFrame, type FrameWords } from './form-frame.tsx'
import { keptCookieName, takeBack } from './kept.ts'

/** The form of a page: `action` comes from `formAction`. Inside, fields read their answer with `useField`. */
export async function DoorForm({
  action,
  name,
  initial = BLANK_FORM,
  kept = false,
  className,
  children,
}: {
  action: FormDoor
  name: string
  initial?: FormState
  /** Kept on the device when it does not get through (public/service-worker.js). */
  kept?: boolean
  className?: string
  children: ReactNode
}) {
  const [actor, words] = [await getActor(), await frameWords()]
  // On the wall nobody presses anything.
  if (actor && !may(actor, 'forms.send')) return null
  const shown = initial === BLANK_FORM ? await keptForm(name, words) : initial
  return (
    <FormFrame
      action={action}
      name={name}
      accountId={actor?.accountId ?? null}
      words={words}
      initial={shown}
      keeps={kept && actor ? await keeping(actor) : undefined}
      className={className}
    >
      {children}
    </FormFrame>
  )
}

// What the same person typed here before the session ended, without JavaScript (app/_doors/kept.ts).
async function keptForm(name: string, words: FrameWords): Promise<FormState> {
  if (!(await cookies()).has(keptCookieName())) return BLANK_FORM
  const sessionId = await currentSessionId()
  if (!sessionId) return BLANK_FORM
  const path = (await headers()).get('x-path')?.split('?')[0] ?? ''
  const values = await takeBack(sessionId, { path, form: name }, new Date(requestBegan()))
  if (!values) return BLANK_FORM
  return { ...filledForm(values), ok: true, reason: { key: 'forms.draft', text: words.draft } }
}

async function keeping(actor: AccountActor) {
  const t = await getTranslations('kept')
  return { owner: ownerKey(actor), kept: t('kept'), unsure: t('unsure') }
}

/** For a client component that draws its own `FormFrame`. One object a page: sent once, however many forms there are. */
export const frameWords = cache(async (): Promise<FrameWords> => {
  const [forms, auth] = [await getTranslations('forms'), await getTranslations('auth')]
  return {
    draft: forms('draft'),
    discard: forms('discard'),
    unreachable: forms('unreachable', { number: await getHotlinePhone() }),
    stale: forms('stale'),
    tooLarge: forms('too_large'),
    counted: forms.raw('counted'),
    tooLong: forms.raw('too_long'),
    hourTwice: forms('hour_which'),
    hourFirst: forms('hour_first'),
    hourSecond: forms('hour_second'),
    error: forms('error'),
    signInAgain: auth('sign_in_again'),
    sendAgain: auth('send_again'),
    again: {
      passkey: auth('passkey.again'),
      elsewhere: auth('again.elsewhere'),
      done: auth('again.send'),
      cancelled: auth('passkey.cancelled'),
      unable: auth('passkey.unable'),
      unreachable: auth('passkey.unreachable'),
    },
  }
})
