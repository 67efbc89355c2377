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
import { StateTag } from './_parts/state-tag.tsx'
import { listBroadcasts } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('broadcasts'))('title') }
}

/** SMS en nombre: who was written to, by whom, and where it stands. */
export default async function BroadcastsPage() {
  const actor = await requireActor('instructions.write')
  const now = new Date(requestTime())
  const t = await getTranslations('broadcasts')
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases={[]} events={['broadcast.']} />
      </div>
      <WordsTabs actor={actor} current="/broadcasts" />
      <p className="max-w-[70ch] text-soft">{t('not_an_alert')}</p>
      {may(actor, 'instructions.decide') && (
        <div className="flex flex-wrap gap-3">
          <LinkButton kind="primary" href="/broadcasts/new">
            {t('prepare')}
          </LinkButton>
          <LinkButton href="/broadcasts/pilots">{t('pilots')}</LinkButton>
        </div>
      )}
      <DataTable
        caption={t('title')}
        rows={await listBroadcasts(actor)}
        rowKey={(row) => row.id}
        rowProps={(row) => (row.state === 'running' ? { 'data-accent': 'warn' } : {})}
        empty={<EmptyState title={t('none')}>{t('none_explain')}</EmptyState>}
        columns={[
          {
            key: 'what',
            head: t('what'),
            rowHead: true,
            cell: (row) => (
              <Link href={`/broadcasts/${row.id}`} prefetch={false}>
                {t('of_instruction', { number: row.number })}
              </Link>
            ),
          },
          { key: 'state', head: t('state'), cell: (row) => <StateTag state={row.state} wave={row.wave} /> },
          { key: 'count', head: t('recipients'), numeric: true, cell: (row) => row.recipients },
          { key: 'purpose', head: t('purpose'), cell: (row) => row.purpose },
          {
            key: 'by',
            head: t('prepared'),
            cell: (row) => (
              <>
                <Moment at={row.preparedAt} now={now} /> · {row.preparedByName}
              </>
            ),
          },
        ]}
      />
    </div>
  )
}
