import type { Metadata } from 'next'
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { ACTS_FROM } from '#app/cases/rules/reporter-shown.ts'
import { retentionInForce } from '#app/operations/retention.ts'
import { KEPT, lengthText } from '#app/operations/rules/retention.ts'
import { DataTable } from '#components/data-table.tsx'
import { Article, Section } from '../article.tsx'

/** Who is shown a reporter's name and number, as the rule says it (app/cases/rules/reporter-shown.ts). */
const REPORTER_SHOWN = [
  { who: 'own', from: null },
  { who: 'cell', from: null },
  { who: 'departement', from: ACTS_FROM.departement },
  { who: 'region', from: ACTS_FROM.region },
  { who: 'zone', from: ACTS_FROM.zone },
  { who: 'country', from: ACTS_FROM.country },
] as const

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
      <Section title={t('privacy.reporterTitle')}>
        <DataTable
          caption={t('privacy.reporterTitle')}
          rows={REPORTER_SHOWN}
          rowKey={(row) => row.who}
          columns={[
            {
              key: 'who',
              head: t('privacy.reporter.who'),
              rowHead: true,
              cell: (row) => t(`privacy.reporter.${row.who}`),
            },
            {
              key: 'when',
              head: t('privacy.reporter.when'),
              cell: (row) =>
                row.from === null
                  ? t('privacy.reporter.always')
                  : t('privacy.reporter.from', { level: row.from }),
            },
          ]}
        />
        <p className="text-soft">{t('privacy.reporter.else')}</p>
      </Section>
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
        <p>
          <Link href="/account#data">{t('privacy.own')}</Link>
        </p>
      </Section>
    </Article>
  )
}
