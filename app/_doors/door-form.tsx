import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { getActor } from '#app/_auth/session.ts'
import { BLANK_FORM, type FormState } from './form-data.ts'
import { type FormDoor, FormFrame, type FrameWords } from './form-frame.tsx'

/** The form of a page: `action` comes from `formAction`. Inside, fields read their answer with `useField`. */
export async function DoorForm({
  action,
  name,
  initial = BLANK_FORM,
  className,
  children,
}: {
  action: FormDoor
  name: string
  initial?: FormState
  className?: string
  children: ReactNode
}) {
  const [actor, words] = [await getActor(), await frameWords()]
  return (
    <FormFrame
      action={action}
      name={name}
      accountId={actor?.accountId ?? null}
      words={words}
      initial={initial}
      className={className}
    >
      {children}
    </FormFrame>
  )
}

/** For a client component that draws its own `FormFrame`. */
export async function frameWords(): Promise<FrameWords> {
  const [forms, auth] = [await getTranslations('forms'), await getTranslations('auth')]
  return {
    draft: forms('draft'),
    discard: forms('discard'),
    unreachable: forms('unreachable'),
    stale: forms('stale'),
    signInAgain: auth('sign_in_again'),
    sendAgain: auth('send_again'),
  }
}
