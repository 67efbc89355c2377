'use client'

import { useTranslations } from 'next-intl'
import { LinkButton } from '#components/button.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'
import { useHotline } from './_shell/hotline-context.tsx'

/** Every page carries this one, twice, in case it is needed: drawn in the browser's words, it weighs nothing there. */
export default function NotFound() {
  const t = useTranslations('shell')
  const line = useHotline()
  return (
    <div className="mx-auto grid max-w-2xl gap-5">
      <title>{t('notFound.title')}</title>
      <div>
        <p className="text-soft">{t('notFound.code')}</p>
        <h1 className="mt-1 text-3xl">{t('notFound.title')}</h1>
        <p className="mt-3 text-lg">{t('notFound.text')}</p>
      </div>
      <p>
        <LinkButton href="/" kind="primary">
          {t('notFound.home')}
        </LinkButton>
      </p>
      {line && (
        <PhoneNumberLarge
          label={t('failure.call')}
          display={line.display}
          href={line.href}
          action={t('hotlineCall', { number: line.display })}
        />
      )}
    </div>
  )
}
