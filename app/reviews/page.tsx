import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { CellTabs } from '#app/cell/tabs.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import { listIncidents } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reviews'))('title') }
}

/** RETEX: one after-action file an incident. */
export default async function ReviewsPage() {
  const actor = await requireActor('reviews.read')
  const now = new Date(requestTime())
  const rows = await listIncidents(actor)
  const t = await getTranslations('reviews')
  return (
    <div className="grid gap-6">
      <h1 className="text-3xl">{t('title')}</h1>
      <CellTabs current="reviews" />
      <p className="max-w-[65ch] text-soft">{t('explain')}</p>
      <DataTable
        caption={t('title')}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('none')} />}
        columns={[
          {
            key: 'reference',
            head: t('incident'),
            rowHead: true,
            cell: (row) => (
              <Link href={`/reviews/${row.reference}`} prefetch={false} className="tabular-nums">
                {row.reference} {row.title}
              </Link>
            ),
          },
          {
            key: 'level',
            head: t('level'),
            cell: (row) => <Tag tone={`n${row.level}` as Tone}>N{row.level}</Tag>,
          },
          { key: 'state', head: t('state'), cell: (row) => t(`states.${row.state}`) },
          { key: 'opened', head: t('opened'), cell: (row) => <Moment at={row.openedAt} now={now} /> },
          {
            key: 'closed',
            head: t('closed'),
            cell: (row) => (row.closedAt ? <Moment at={row.closedAt} now={now} /> : '–'),
          },
        ]}
      />
    </div>
  )
}
