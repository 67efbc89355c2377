import { getTranslations } from 'next-intl/server'
import { LinkButton } from '#components/button.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'
import { readHotline } from './_shell/hotline.ts'

export default async function NotFound() {
  const t = await getTranslations('shell')
  const line = await readHotline()
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
      <PhoneNumberLarge
        label={t('failure.call')}
        display={line.display}
        href={line.href}
        action={t('hotlineCall', { number: line.display })}
      />
    </div>
  )
}
