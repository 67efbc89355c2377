import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { readHotline } from '#app/_shell/hotline.ts'
import { Article, Section } from '../article.tsx'
import { CriteriaTable } from './table.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('public'))('accessibility.title') }
}

export default async function Accessibility() {
  const t = await getTranslations('public')
  const shell = await getTranslations('shell')
  const line = await readHotline()
  return (
    <Article title={t('accessibility.title')} intro={t('accessibility.intro')}>
      <Section title={t('accessibility.stateTitle')}>
        <p>{t('accessibility.state')}</p>
      </Section>
      <CriteriaTable />
      <Section
        title={t('accessibility.doneTitle')}
        items={(['axe', 'contrast', 'keyboard', 'noScript', 'small'] as const).map((key) =>
          t(`accessibility.done.${key}`),
        )}
      />
      <Section
        title={t('accessibility.limitsTitle')}
        items={(['map', 'readers'] as const).map((key) => t(`accessibility.limits.${key}`))}
      />
      <Section title={t('accessibility.contactTitle')}>
        <p>{t('accessibility.contact')}</p>
        <p>
          <a href={line.href} aria-label={shell('hotlineCall', { number: line.display })}>
            {line.display}
          </a>
        </p>
        <p>{t('accessibility.remedy')}</p>
      </Section>
    </Article>
  )
}
