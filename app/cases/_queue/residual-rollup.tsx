import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { dateText, durationBetween } from '#app/_i18n/time.ts'
import { DataTable } from '#components/data-table.tsx'
import { readResiduals } from './residuals.ts'

/** What incidents left behind: incident by incident, the oldest first, then day by day. */
export async function ResidualRollup({ actor, now }: { actor: AccountActor; now: Date }) {
  const { days, incidents } = await readResiduals(actor, now)
  const [t, locale] = [await getTranslations('queue.residuals'), await getLocale()]
  const language = locale === 'en' ? 'en' : 'fr'
  return (
    <div className="grid items-start gap-x-8 gap-y-4 lg:grid-cols-2">
      <DataTable
        caption={t('incidents.caption')}
        showCaption
        dense
        rows={incidents}
        rowKey={(one) => one.reference ?? 'none'}
        rowProps={(one) => (one.overdue > 0 ? { 'data-accent': 'danger' } : {})}
        empty={t('incidents.none')}
        columns={[
          {
            key: 'incident',
            head: t('incidents.incident'),
            rowHead: true,
            cell: ({ reference, title }) =>
              reference ? (
                <>
                  <Link href={`/incidents/${reference}`}>{reference}</Link> {title}
                </>
              ) : (
                t('incidents.without')
              ),
          },
          { key: 'open', head: t('incidents.open'), numeric: true, cell: ({ open }) => open },
          {
            key: 'oldest',
            head: t('incidents.oldest'),
            cell: ({ oldest }) => durationBetween(new Date(oldest), now, language),
          },
          { key: 'overdue', head: t('incidents.overdue'), numeric: true, cell: ({ overdue }) => overdue },
          { key: 'taken', head: t('incidents.taken'), numeric: true, cell: ({ takenOver }) => takenOver },
        ]}
      />
      <DataTable
        caption={t('days.caption')}
        showCaption
        dense
        rows={days}
        rowKey={(one) => one.day}
        columns={[
          {
            key: 'day',
            head: t('days.day'),
            rowHead: true,
            // Noon: the same day in Paris whatever the season.
            cell: ({ day }) => dateText(new Date(`${day}T12:00:00Z`), { now, locale: language }),
          },
          { key: 'began', head: t('days.began'), numeric: true, cell: ({ began }) => began },
          { key: 'confirmed', head: t('days.confirmed'), numeric: true, cell: ({ confirmed }) => confirmed },
          { key: 'closed', head: t('days.closed'), numeric: true, cell: ({ closed }) => closed },
          { key: 'left', head: t('days.left'), numeric: true, cell: ({ left }) => left },
        ]}
      />
    </div>
  )
}
