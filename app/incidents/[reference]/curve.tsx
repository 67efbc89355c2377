import { getLocale, getTranslations } from 'next-intl/server'
import { durationText, momentText } from '#app/_i18n/time.ts'
import { Bars } from '#components/bars.tsx'
import { DataTable } from '#components/data-table.tsx'
import type { IncidentPage } from '../queries.ts'
import { curveOf } from '../rules/curve.ts'

/** Two bars must not fill the width. */
const LEAST_BARS = 24

/** When the reports came: bars for the eye, the same as a table. */
export async function ReportCurve({ page, now }: { page: IncidentPage; now: Date }) {
  const [t, locale] = [await getTranslations('incidents'), await getLocale()]
  const { bars, widthMin } = curveOf(page.attached.map((one) => Date.parse(one.receivedAt)))
  if (bars.length === 0) return null
  const most = Math.max(...bars.map(({ count }) => count))
  const wide = Math.max(bars.length, LEAST_BARS)
  const hour = (at: number) => momentText(new Date(at), { now, locale })
  const summary = t('page.curve_text', {
    count: page.attached.length,
    most,
    span: durationText(widthMin * 60, locale),
  })
  return (
    <section className="grid gap-2" aria-labelledby="curve">
      <h2 id="curve" className="text-lg">
        {t('page.curve')}
      </h2>
      <p className="text-soft">{summary}</p>
      <figure className="max-w-2xl">
        <Bars counts={bars.map(({ count }) => count)} wide={wide} label={summary} />
        <figcaption className="flex justify-between text-sm text-soft tabular-nums" aria-hidden="true">
          <span>{hour(bars[0]?.from ?? 0)}</span>
          <span>{hour((bars[0]?.from ?? 0) + wide * widthMin * 60_000)}</span>
        </figcaption>
      </figure>
      <details>
        <summary className="inline-flex min-h-11 cursor-pointer items-center font-semibold text-accent">
          {t('page.curve_table')}
        </summary>
        <DataTable
          caption={t('page.curve')}
          dense
          rows={bars.filter(({ count }) => count > 0)}
          rowKey={(one) => one.from}
          columns={[
            { key: 'from', head: t('page.curve_from'), rowHead: true, cell: (one) => hour(one.from) },
            { key: 'count', head: t('page.curve_count'), numeric: true, cell: (one) => one.count },
          ]}
        />
      </details>
    </section>
  )
}
