import { getLocale, getTranslations } from 'next-intl/server'
import { dayText } from '#app/_i18n/time.ts'
import { foundIn, type Played } from '#app/rehearsals/rules/played.ts'
import { minutesOf, type Together, together } from '#app/rehearsals/rules/together.ts'
import { DataTable } from '#components/data-table.tsx'
import onNetwork from '../files/played/fr-2021-06-02-orange-national.json' with { type: 'json' }
import { shippedDrills } from '../shipped.ts'

const [SHARE, RUNS] = [0.11, 12]
const WAYS = ['reports', 'probes', 'fused'] as const
const PLAYED: Played = onNetwork
let kept: Together | null = null

/** 2 June 2021 found by reports alone, by test calls alone, by both: simulated, and as it was played on the practice network. */
export async function TogetherTable() {
  const national = shippedDrills().find(({ name }) => name.startsWith('fr-2021-06-02'))?.drill
  if (!national) return null
  kept ??= together(national, SHARE, RUNS)
  const [t, locale] = [await getTranslations('drills'), await getLocale()]
  const { plays } = PLAYED
  const day = dayText(PLAYED.at.slice(0, 10), locale)
  const simulated = { ...kept, reports: minutesOf([kept.reports]) }
  const played = foundIn(PLAYED)
  const rows = WAYS.flatMap((way) => [
    { way, how: t('together.simulated', { runs: kept?.runs ?? RUNS }), ...simulated[way] },
    {
      ...{ way, ...played[way] },
      how: t('together.played', { day, runs: way === 'reports' ? 1 : plays.length }),
    },
  ])
  const sum = (of: 'calls' | 'lost' | 'said') => plays.reduce((all, one) => all + one[of], 0)
  const tenths = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 1 })
  const minute = (at: number | null) => (at === null ? '–' : t('minute', { minute: tenths.format(at) }))
  return (
    <section className="grid gap-2">
      <DataTable
        caption={t('together.caption')}
        showCaption
        rows={rows}
        rowKey={(row) => `${row.way} ${row.how}`}
        columns={[
          { key: 'what', head: t('together.what'), rowHead: true, cell: (row) => t(`together.${row.way}`) },
          { key: 'how', head: t('together.how'), cell: (row) => row.how },
          { key: 'median', head: t('together.median'), numeric: true, cell: (row) => minute(row.median) },
          { key: 'worst', head: t('together.worst'), numeric: true, cell: (row) => minute(row.worst) },
        ]}
      />
      <p className="max-w-[75ch] text-soft">{t('together.note')}</p>
      <p className="max-w-[75ch] text-soft">
        {t('together.how_played', { calls: sum('calls'), lost: sum('lost'), said: sum('said') })}
      </p>
    </section>
  )
}
