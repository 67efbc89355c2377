import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tag } from '#components/tag.tsx'
import { listForAuthority } from './queries.ts'

export async function AddressedToUs({ actor, now }: { actor: AccountActor; now: Date }) {
  const rows = await listForAuthority(actor)
  const t = await getTranslations('sitreps')
  return (
    <DataTable
      caption={t('addressed')}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t('none_addressed')}>{t('none_addressed_explain')}</EmptyState>}
      rowProps={(row) => (row.acknowledgedAt ? {} : { 'data-accent': 'danger' })}
      columns={[
        {
          key: 'what',
          head: t('report'),
          rowHead: true,
          cell: (row) => (
            <Link href={`/sitreps/${row.id}`} prefetch={false}>
              {t(`kinds.${row.kind as 'authority_notice'}`, { number: row.number })} · {row.body.incident}
            </Link>
          ),
        },
        { key: 'asOf', head: t('as_of'), cell: (row) => <Moment at={row.asOf} now={now} /> },
        {
          key: 'next',
          head: t('next'),
          cell: (row) => (row.nextAt ? <Moment at={row.nextAt} now={now} /> : '–'),
        },
        {
          key: 'ack',
          head: t('acknowledged'),
          cell: (row) =>
            row.acknowledgedAt ? (
              <Moment at={row.acknowledgedAt} now={now} />
            ) : (
              <Tag tone="danger">{t('to_acknowledge')}</Tag>
            ),
        },
      ]}
    />
  )
}
