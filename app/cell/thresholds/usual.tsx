import { getFormatter, getTranslations } from 'next-intl/server'
import type { Baseline } from '#app/incidents/rules/baseline.ts'
import { hoursOf } from '#app/incidents/rules/usual.ts'
import { Bars } from '#components/bars.tsx'
import { DataTable } from '#components/data-table.tsx'

/** What this desk usually hears, hour by hour: a picture, the same as a table. An alarm is judged against it. */
export async function UsualHours({ baseline }: { baseline: Baseline }) {
  const [t, format] = [await getTranslations('cell'), await getFormatter()]
  const hours = hoursOf(baseline)
  const most = Math.max(...hours.flatMap(({ week, weekend }) => [week, weekend]))
  const figure = (value: number) => format.number(value, { maximumFractionDigits: 2 })
  const summary = t('usual.summary', {
    perDay: format.number(baseline.perDay, { maximumFractionDigits: 1 }),
    most: figure(most),
  })
  return (
    <section className="grid gap-2" aria-labelledby="usual">
      <h2 id="usual" className="text-xl">
        {t('usual.title')}
      </h2>
      <p className="max-w-[65ch] text-soft">
        {baseline.days < 1 ? t('usual.none') : t('usual.rests', { days: Math.round(baseline.days) })}{' '}
        {summary}
      </p>
      <figure className="max-w-2xl">
        <Bars
          counts={hours.map(({ week }) => week)}
          line={hours.map(({ weekend }) => weekend)}
          label={summary}
          look="h-28"
        />
        <figcaption className="text-sm text-soft">
          <span className="flex justify-between tabular-nums" aria-hidden="true">
            {[0, 6, 12, 18, 24].map((hour) => (
              <span key={hour}>{hour} h</span>
            ))}
          </span>
          {t('usual.legend')}
        </figcaption>
      </figure>
      <details>
        <summary className="inline-flex min-h-11 cursor-pointer items-center font-semibold text-accent">
          {t('usual.table')}
        </summary>
        <DataTable
          caption={t('usual.title')}
          dense
          rows={hours.map((one, hour) => ({ ...one, hour }))}
          rowKey={({ hour }) => hour}
          columns={[
            { key: 'hour', head: t('usual.hour'), rowHead: true, cell: ({ hour }) => `${hour} h` },
            { key: 'week', head: t('usual.week'), numeric: true, cell: ({ week }) => figure(week) },
            {
              key: 'weekend',
              head: t('usual.weekend'),
              numeric: true,
              cell: ({ weekend }) => figure(weekend),
            },
          ]}
        />
      </details>
    </section>
  )
}
