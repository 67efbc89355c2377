import { getTranslations } from 'next-intl/server'
import { LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'

/** The back button after sending: the case that was made, never a second one. */
export async function SentBefore({ reference, phone }: { reference: string; phone: boolean }) {
  const t = await getTranslations('report')
  return (
    <div className="mx-auto max-w-3xl">
      <h1 className="text-2xl">{t('sent_before.title')}</h1>
      <div className="mt-4 grid gap-4">
        <Notice tone="ok">{t('sent_before.text', { reference })}</Notice>
        <p className="flex flex-wrap gap-3">
          <LinkButton kind="primary" href={phone ? `/cases/${reference}` : `/my/${reference}`}>
            {t('sent_before.open', { reference })}
          </LinkButton>
          <LinkButton href={phone ? '/cases/new?channel=phone' : '/cases/new'}>
            {t('sent_before.another')}
          </LinkButton>
        </p>
      </div>
    </div>
  )
}
