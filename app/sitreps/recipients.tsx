import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Tag } from '#components/tag.tsx'
import type { readNotice } from './queries.ts'

type Recipient = NonNullable<Awaited<ReturnType<typeof readNotice>>>['recipients'][number]

/** Who was told, who acknowledged and when; the calls still to be made are on the page of the cell. */
export async function RecipientsTable({ recipients, now }: { recipients: Recipient[]; now: Date }) {
  const t = await getTranslations('sitreps')
  return (
    <DataTable
      caption={t('recipients')}
      showCaption
      rows={recipients}
      rowKey={(row) => row.id}
      rowProps={(row) => (row.acknowledgedAt ? {} : { 'data-accent': row.callDueAt ? 'danger' : 'warn' })}
      columns={[
        { key: 'who', head: t('authority'), rowHead: true, cell: (row) => row.organisation },
        { key: 'told', head: t('told_at'), cell: (row) => <Moment at={row.toldAt} now={now} /> },
        {
          key: 'ack',
          head: t('acknowledged'),
          cell: (row) =>
            row.acknowledgedAt ? (
              <>
                <Moment at={row.acknowledgedAt} now={now} /> · {row.acknowledgedByName}
              </>
            ) : (
              <Tag tone={row.callDueAt ? 'danger' : 'warn'}>{t(row.callDueAt ? 'to_call' : 'waiting')}</Tag>
            ),
        },
        {
          key: 'call',
          head: t('called'),
          cell: (row) =>
            row.calledAt ? (
              <>
                <Moment at={row.calledAt} now={now} /> · {row.callResult}
              </>
            ) : (
              '–'
            ),
        },
        { key: 'annex', head: t('annex'), cell: (row) => row.annex ?? '–' },
      ]}
    />
  )
}
