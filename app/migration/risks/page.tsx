import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { type Asked, one } from '#app/admin/asked.ts'
import { Bars } from '#components/bars.tsx'
import { DataTable } from '#components/data-table.tsx'
import { SitesTable } from '../_parts/sites-table.tsx'
import { readSites } from '../queries.ts'
import { RISKS } from '../rules/risk.ts'
import { MigrationTabs } from '../tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('migration'))('tabs.risks') }
}

/** Sites that the closure of copper catches up with, by its date, and those whose accesses fall together. */
export default async function RisksPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('migration.read')
  const now = new Date(requestTime())
  const sites = (await readSites(actor, now))
    .filter((site) => site.risks.length > 0)
    .sort((a, b) => (a.technicalOn ?? '9').localeCompare(b.technicalOn ?? '9'))
  const t = await getTranslations('migration')
  const colon = (await getTranslations('common'))('colon')
  const counts = RISKS.map((risk) => ({
    risk,
    count: sites.filter((site) => site.risks.includes(risk)).length,
  }))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <h1 className="text-3xl">{t('tabs.risks')}</h1>
      <MigrationTabs current="/risks" />
      <p className="max-w-[65ch] text-soft">{t('risks.explain')}</p>
      {sites.length > 0 && (
        <div className="grid grid-cols-[minmax(0,1fr)] items-end gap-4 lg:grid-cols-2">
          <Bars
            counts={counts.map(({ count }) => count)}
            label={counts.map(({ risk, count }) => `${t(`risks.by.${risk}`)}${colon}${count}`).join(', ')}
          />
          <DataTable
            dense
            caption={t('risks.why')}
            rows={counts}
            rowKey={({ risk }) => risk}
            columns={[
              { key: 'risk', head: t('risks.why'), rowHead: true, cell: ({ risk }) => t(`risks.by.${risk}`) },
              { key: 'count', head: t('list.count'), numeric: true, cell: ({ count }) => count },
            ]}
          />
        </div>
      )}
      <SitesTable
        caption={t('tabs.risks')}
        {...{ sites, now }}
        path="/migration/risks"
        filters={{}}
        after={one(await searchParams, 'after')}
      />
    </div>
  )
}
