import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { retentionInForce } from '#app/operations/retention.ts'
import { KEPT, lengthText } from '#app/operations/rules/retention.ts'
import { Article, Section } from '../article.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('public'))('privacy.title') }
}

export default async function Privacy() {
  const t = await getTranslations('public')
  const locale = await getLocale()
  const inForce = await retentionInForce()
  return (
    <Article title={t('privacy.title')} intro={t('privacy.intro')}>
      <Section
        title={t('privacy.keptTitle')}
        items={(['accounts', 'journal', 'typed', 'sessions'] as const).map((key) => t(`privacy.kept.${key}`))}
      />
      <Section title={t('privacy.whyTitle')}>
        <p>{t('privacy.why')}</p>
      </Section>
      <Section
        title={t('privacy.readersTitle')}
        items={(['own', 'authority', 'cell', 'admin', 'operator'] as const).map((key) =>
          t(`privacy.readers.${key}`),
        )}
      />
      <Section
        title={t('privacy.longTitle')}
        items={KEPT.map((what) =>
          t(`privacy.long.${what}`, { time: lengthText(inForce[what] ?? 0, locale) }),
        )}
      />
      <Section
        title={t('privacy.neverTitle')}
        items={(['patients', 'numbers'] as const).map((key) => t(`privacy.never.${key}`))}
      />
      <Section title={t('privacy.cookiesTitle')}>
        <p>{t('privacy.cookies')}</p>
      </Section>
      <Section title={t('privacy.rightsTitle')}>
        <p>{t('privacy.rights')}</p>
      </Section>
    </Article>
  )
}
