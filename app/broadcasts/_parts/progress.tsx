import { getLocale, getTranslations } from 'next-intl/server'
import { DataTable } from '#components/data-table.tsx'
import type { WaveProgress } from '../progress.ts'

/** Wave by wave: how many, sent, delivered, failed, not gone; once it is `stopped` those never go. */
export async function Progress({ progress, stopped }: { progress: WaveProgress[]; stopped: boolean }) {
  const t = await getTranslations('broadcasts')
  const number = new Intl.NumberFormat(await getLocale())
  const sum = (of: (wave: WaveProgress) => number) => progress.reduce((all, wave) => all + of(wave), 0)
  const figures = ['size', 'sent', 'delivered', 'failed', 'waiting'] as const
  return (
    <section aria-label={t('progress')} aria-live="polite" className="grid gap-2">
      <p className="text-lg tabular-nums">
        {t('progress_words', {
          delivered: sum((wave) => wave.delivered),
          failed: sum((wave) => wave.failed),
          size: sum((wave) => wave.size),
        })}
      </p>
      <DataTable
        caption={t('progress')}
        rows={progress}
        rowKey={(row) => row.wave}
        columns={[
          { key: 'wave', head: t('wave'), rowHead: true, cell: (row) => t(`waves.${row.wave}`) },
          ...figures.map((figure) => {
            const head = t(`figures.${figure === 'waiting' && stopped ? 'never' : figure}`)
            const cell = (row: WaveProgress) => number.format(row[figure])
            return { key: figure, head, short: head, numeric: true, cell }
          }),
        ]}
      />
    </section>
  )
}
