import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/data-table.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { DrillOutcome } from '../commands/outcome.ts'
import type { ExerciseFile } from '../queries.ts'
import type { Drill } from '../rules/drill.ts'
import { signed } from './minute.ts'

/** Incidents, proposals and reports of the run, each with its minute. */
export async function Found({
  outcome,
  reasons,
  exerciseId,
  drill,
}: {
  outcome: DrillOutcome
  reasons: ExerciseFile['reasons']
  exerciseId: number
  drill: Drill | null
}) {
  const t = await getTranslations('drills')
  const states = await getTranslations('incidents')
  const all = await getTranslations()
  const why = (at: number, own: string) => {
    const reason = reasons.length === outcome.proposals.length ? reasons[at] : undefined
    return reason && all.has(reason.key as never) ? all(reason.key as never, reason.values as never) : own
  }
  const minute = (at: number | null) => (at === null ? '–' : t('minute', { minute: signed(at) }))
  const said = new Map(drill?.reports.map((one) => [one.seq, one]))
  return (
    <>
      <DataTable
        caption={t('found.incidents')}
        showCaption
        rows={outcome.incidents}
        rowKey={(row) => row.reference}
        empty={<p>{t('found.no_incident')}</p>}
        columns={[
          {
            key: 'reference',
            head: t('found.incident'),
            rowHead: true,
            cell: (row) => (
              <a href={`/reviews/${row.reference}?exercise=${exerciseId}`} className="tabular-nums">
                {row.reference}
              </a>
            ),
          },
          { key: 'state', head: t('column.state'), cell: (row) => states(`state.${row.state}` as never) },
          { key: 'cases', head: t('found.cases'), numeric: true, cell: (row) => row.seqs.length },
          { key: 'numbers', head: t('found.numbers'), cell: (row) => row.numbers.join(', ') },
          { key: 'territories', head: t('found.territories'), cell: (row) => row.territories.join(', ') },
        ]}
      />
      <DataTable
        caption={t('found.proposals')}
        showCaption
        rows={outcome.proposals}
        rowKey={(row) => `${row.rule} ${row.offset_min} ${row.seqs.join()}`}
        empty={<p>{t('found.no_proposal')}</p>}
        columns={[
          { key: 'at', head: t('found.at'), rowHead: true, cell: (row) => minute(row.offset_min) },
          { key: 'rule', head: t('found.rule'), cell: (row) => row.rule },
          { key: 'level', head: t('found.level'), cell: (row) => t(`found.levels.${row.level}` as never) },
          {
            key: 'reason',
            head: t('found.reason'),
            cell: (row) => why(outcome.proposals.indexOf(row), row.reason),
          },
          { key: 'reports', head: t('found.reports'), cell: (row) => row.seqs.join(', ') },
        ]}
      />
      <DataTable
        caption={t('found.each')}
        showCaption
        rows={outcome.per_report}
        rowKey={(row) => row.seq}
        empty={<p>{t('found.no_report')}</p>}
        columns={[
          { key: 'seq', head: t('found.seq'), rowHead: true, cell: (row) => row.seq },
          { key: 'at', head: t('found.at'), cell: (row) => minute(said.get(row.seq)?.offset_min ?? null) },
          { key: 'who', head: t('found.who'), cell: (row) => said.get(row.seq)?.reporter.org ?? '–' },
          {
            key: 'case',
            head: t('found.case'),
            cell: (row) => <span className="whitespace-nowrap tabular-nums">{row.case}</span>,
          },
          { key: 'outcome', head: t('found.outcome'), cell: (row) => t(`outcomes.${row.outcome}` as never) },
          { key: 'counts', head: t('found.counts'), cell: (row) => t(row.qualifies ? 'yes' : 'no') },
          {
            key: 'level',
            head: t('found.level'),
            cell: (row) => <Tag tone={`n${row.level}` as Tone}>N{row.level}</Tag>,
          },
          { key: 'ack', head: t('found.acknowledged'), cell: (row) => minute(row.acknowledged_offset_min) },
        ]}
      />
    </>
  )
}
