import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { Due } from '#app/_i18n/moment.tsx'
import { dayText } from '#app/_i18n/time.ts'
import { pageAfter } from '#app/admin/asked.ts'
import { ListPages } from '#app/admin/list-pages.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tag } from '#components/tag.tsx'
import type { SiteSummary } from '../queries.ts'

/** Sites, one a line: their letter, how far they are, when they hear from us, when copper ends there, what threatens. */
export async function SitesTable({
  caption,
  sites,
  now,
  path,
  filters,
  after,
}: {
  caption: string
  sites: SiteSummary[]
  now: Date
  /** Where it stands, for its pages. */
  path: string
  filters: Record<string, string>
  after: string
}) {
  const { page, next } = pageAfter(sites, ({ id }) => String(id), after)
  const [t, locale] = [await getTranslations('migration'), await getLocale()]
  return (
    <div>
      <DataTable
        caption={caption}
        showCaption
        rows={page}
        rowKey={(site) => site.id}
        rowProps={(site) => (site.late ? { 'data-accent': 'danger' } : {})}
        empty={
          <EmptyState icon="ok" title={t('risks.none')}>
            {t('risks.none_text')}
          </EmptyState>
        }
        columns={[
          {
            key: 'site',
            head: t('list.site'),
            rowHead: true,
            cell: (site) => (
              <span className="grid">
                <Link href={`/migration/${site.id}`} prefetch={false}>
                  {site.name}
                </Link>
                <span className="text-sm font-normal text-soft">
                  {site.organisation} · {site.numbers.join(' · ')}
                </span>
              </span>
            ),
          },
          { key: 'letter', head: t('list.letter'), cell: (site) => site.letter ?? '–' },
          {
            key: 'where',
            head: t('list.where'),
            cell: (site) =>
              site.moved
                ? t('list.moved')
                : site.reached
                  ? t(`step_kind.${site.reached}`)
                  : t(site.moving ? 'list.nothing' : 'list.not_planned'),
          },
          {
            key: 'next',
            head: t('next_contact'),
            cell: (site) =>
              site.moving && site.nextContactAt ? <Due at={site.nextContactAt} now={now} /> : '–',
          },
          {
            key: 'closure',
            head: t('list.closure'),
            cell: (site) => (site.technicalOn ? dayText(site.technicalOn, locale) : '–'),
          },
          {
            key: 'risks',
            head: t('risks.why'),
            cell: (site) =>
              site.risks.length > 0 ? (
                <span className="flex flex-wrap gap-1">
                  {site.risks.map((risk) => (
                    <Tag key={risk} tone={risk === 'suspended' ? 'info' : 'danger'}>
                      {t(`risks.by.${risk}`)}
                    </Tag>
                  ))}
                </span>
              ) : (
                '–'
              ),
          },
          {
            key: 'blockers',
            head: t('list.blockers'),
            numeric: true,
            cell: (site) => (site.blockers > 0 ? site.blockers : '–'),
          },
        ]}
      />
      <ListPages {...{ path, filters, after, next }} />
    </div>
  )
}
