import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { WordsTabs } from '#app/instructions/tabs.tsx'
import { LinkButton } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { FallbackTag } from './_parts/tag.tsx'
import { listFallbacks } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('fallbacks'))('title') }
}

/** Numéros de repli: what stands in for a short number, since when, until when; what nobody has taken out yet. */
export default async function FallbacksPage() {
  const actor = await requireActor('instructions.read')
  const now = new Date(requestTime())
  const t = await getTranslations('fallbacks')
  const all = await listFallbacks(actor, now)
  const forgotten = all.filter((row) => row.standing === 'forgotten').length
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases="all" events={['fallback.']} />
      </div>
      <WordsTabs actor={actor} current="/fallbacks" />
      {may(actor, 'instructions.write') && (
        <div>
          <LinkButton kind="primary" href="/fallbacks/new">
            {t('plan')}
          </LinkButton>
        </div>
      )}
      {forgotten > 0 && (
        <Notice tone="danger" title={t('forgotten_count', { count: forgotten })}>
          {t('forgotten_explain')}
        </Notice>
      )}
      <DataTable
        caption={t('title')}
        rows={all}
        rowKey={(row) => row.id}
        rowProps={(row) =>
          ['forgotten', 'failing', 'overdue'].includes(row.standing)
            ? { 'data-accent': 'danger' }
            : row.standing === 'ending'
              ? { 'data-accent': 'warn' }
              : {}
        }
        empty={<EmptyState title={t('none')}>{t('none_explain')}</EmptyState>}
        columns={[
          {
            key: 'what',
            head: t('fallback'),
            rowHead: true,
            cell: (row) => (
              <Link href={`/fallbacks/${row.id}`} prefetch={false}>
                {t('of', { number: row.covers, territory: row.territory })}
              </Link>
            ),
          },
          { key: 'owner', head: t('owner'), cell: (row) => row.organisation },
          { key: 'standing', head: t('standing'), cell: (row) => <FallbackTag standing={row.standing} /> },
          { key: 'capacity', head: t('capacity'), numeric: true, cell: (row) => row.capacity },
          {
            key: 'opened',
            head: t('opened'),
            cell: (row) =>
              row.openedAt ? <Moment at={row.openedAt} now={now} place={row.territoryCode} /> : '–',
          },
          {
            key: 'end',
            head: t('ends'),
            cell: (row) =>
              row.endsAt ? <Moment at={row.endsAt} now={now} place={row.territoryCode} /> : '–',
          },
        ]}
      />
    </div>
  )
}
