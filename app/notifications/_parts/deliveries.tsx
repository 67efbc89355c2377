import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { DeliveryState } from '#db/schema/notification.ts'
import { DELIVERIES_SHOWN, type Delivery, readDeliveries } from '../queries.ts'
import { valuesOf } from '../values.ts'

const TONES: Record<DeliveryState, Tone> = {
  queued: 'neutral',
  sending: 'neutral',
  sent: 'info',
  delivered: 'accent',
  acknowledged: 'ok',
  failed: 'danger',
  cancelled: 'neutral',
}

/** What left the house about this case or incident: to whom, by what, and what has become of it. Nothing left: no table. */
export async function Deliveries({
  actor,
  about,
  now,
}: {
  actor: AccountActor
  about: { caseId: number } | { incidentId: number }
  now: Date
}) {
  const rows = await readDeliveries(actor, about)
  if (rows.length === 0) return null
  const [t, inbox, locale] = [
    await getTranslations('outside'),
    await getTranslations('inbox'),
    await getLocale(),
  ]
  const said = ({ kind, data }: Delivery) => {
    const key = kind as 'case_updated'
    return inbox.has(key)
      ? inbox(key, valuesOf(data, now, locale === 'en' ? 'en' : 'fr') as never)
      : inbox('page.unknown')
  }
  return (
    <section className="grid gap-3" aria-labelledby="deliveries">
      <h2 id="deliveries" className="text-xl">
        {t('deliveries.title')}
      </h2>
      <DataTable
        caption={t('deliveries.title')}
        dense
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { key: 'to', head: t('deliveries.to'), rowHead: true, cell: (row) => row.name },
          { key: 'by', head: t('deliveries.by'), cell: (row) => t(`channel.${row.channel as 'sms'}`) },
          { key: 'what', head: t('deliveries.what'), cell: said },
          {
            key: 'state',
            head: t('deliveries.state'),
            cell: (row) => (
              <>
                <Tag tone={TONES[row.state]}>{t(`state.${row.state}`)}</Tag>{' '}
                {row.acknowledgedBy && (
                  <span>{t('deliveries.acknowledged_by', { by: row.acknowledgedBy })}</span>
                )}
                <span className="text-soft">{remarks(row).join(' · ')}</span>
              </>
            ),
          },
          {
            key: 'when',
            head: t('deliveries.when'),
            cell: (row) => (
              <Moment at={row.acknowledgedAt ?? row.deliveredAt ?? row.sentAt ?? row.createdAt} now={now} />
            ),
          },
        ]}
      />
      {rows.length >= DELIVERIES_SHOWN && (
        <p className="text-soft">{t('deliveries.cut', { count: DELIVERIES_SHOWN })}</p>
      )}
    </section>
  )

  function remarks(row: Delivery): string[] {
    return [
      ...(row.attempts > 1 ? [t('deliveries.attempts', { count: row.attempts })] : []),
      ...(row.mayArriveTwice ? [t('deliveries.twice')] : []),
      ...(row.lastError ? [row.lastError] : []),
    ]
  }
}
