'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button, LinkButton } from '#components/button.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'
import { useHotline } from './_shell/hotline-context.tsx'

/** A page failed inside the frame. Whoever was in a hurry gets a number to call before anything else. */
export default function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('shell')
  const line = useHotline()
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [])
  const digest = digestOf(error)
  return (
    <div className="mx-auto grid max-w-2xl gap-5">
      <div role="alert">
        <p className="text-soft">{t('failure.code')}</p>
        <h1 ref={head} tabIndex={-1} className="mt-1 text-3xl">
          {t('failure.title')}
        </h1>
        <p className="mt-3 text-lg">{t('failure.text')}</p>
      </div>
      {line && (
        <PhoneNumberLarge
          label={t('failure.call')}
          display={line.display}
          href={line.href}
          action={t('hotlineCall', { number: line.display })}
        />
      )}
      <p className="flex flex-wrap gap-3">
        <Button type="button" kind="primary" icon="refresh" onClick={retry}>
          {t('failure.retry')}
        </Button>
        <LinkButton href="/">{t('failure.home')}</LinkButton>
      </p>
      {digest && <p className="text-sm text-soft">{t('failure.reference', { digest })}</p>}
    </div>
  )
}

function digestOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : null
}
