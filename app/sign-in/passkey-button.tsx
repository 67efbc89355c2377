'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ComponentProps, useState } from 'react'
import { Button } from '#components/button.tsx'
import { TextInput } from '#components/field.tsx'
import { Notice } from '#components/notice.tsx'
import { askPasskey, type PasskeyPurpose } from './passkey.ts'

/** What the device or the server said, and whether it is being asked. */
function usePasskey(purpose: PasskeyPurpose, onDone: (go: string | null) => void) {
  const t = useTranslations('auth.passkey')
  const [said, setSaid] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  async function ask(more: Parameters<typeof askPasskey>[1]) {
    if (asking) return
    setAsking(true)
    setSaid(null)
    const answer = await askPasskey(purpose, more)
    setAsking(false)
    if (answer.ok) onDone(answer.go)
    else setSaid('text' in answer ? answer.text : t(answer.key))
  }
  return { said, asking, ask }
}

function Said({ said, asking }: { said: string | null; asking: boolean }) {
  const t = useTranslations('auth.passkey')
  if (asking)
    return (
      <p role="status" className="text-soft">
        {t('working')}
      </p>
    )
  return said ? (
    <Notice live tone="danger">
      {said}
    </Notice>
  ) : null
}

/** Signs in, with one gesture: whoever has no script has the passphrase beneath. */
export function PasskeySignIn({ next }: { next: string | null }) {
  const t = useTranslations('auth.passkey')
  // A page of its own: nothing of before the sign-in stays in this one.
  const { said, asking, ask } = usePasskey('sign_in', (go) => location.assign(go ?? '/'))
  return (
    <div className="grid gap-2 [@media(scripting:none)]:hidden">
      <Button
        type="button"
        kind="primary"
        size="large"
        wide
        aria-disabled={asking}
        aria-describedby="passkey-hint"
        onClick={() => ask({ next })}
      >
        {t('sign_in')}
      </Button>
      <p id="passkey-hint" className="text-sm text-soft">
        {t('sign_in_hint')}
      </p>
      <Said said={said} asking={asking} />
    </div>
  )
}

/** Shows once more who one is; `onDone` goes on with what waited for it. */
export function PasskeyAgain({
  next,
  onDone,
  ...look
}: { next?: string | null; onDone?: () => void } & Pick<
  ComponentProps<typeof Button>,
  'kind' | 'size' | 'wide'
>) {
  const t = useTranslations('auth.passkey')
  const { said, asking, ask } = usePasskey('again', () => (onDone ? onDone() : location.assign(next ?? '/')))
  return (
    <div className="grid justify-items-start gap-2 [@media(scripting:none)]:hidden">
      <Button type="button" {...look} aria-disabled={asking} onClick={() => ask({})}>
        {t('again')}
      </Button>
      <Said said={said} asking={asking} />
    </div>
  )
}

/** One more device that signs for oneself. */
export function PasskeyAdd() {
  const t = useTranslations('auth.passkey')
  const router = useRouter()
  const [name, setName] = useState('')
  const { said, asking, ask } = usePasskey('register', () => {
    setName('')
    router.refresh()
  })
  return (
    <form
      className="grid max-w-md gap-3 [@media(scripting:none)]:hidden"
      aria-busy={asking}
      onSubmit={(event) => {
        event.preventDefault()
        void ask({ name })
      }}
    >
      <TextInput
        name="passkey-name"
        label={t('name')}
        hint={t('name_hint')}
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Said said={said} asking={asking} />
      <div>
        <Button aria-disabled={asking}>{t('add')}</Button>
      </div>
    </form>
  )
}
