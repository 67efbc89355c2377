import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { MACHINES } from '#app/_journal/machines.ts'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import type { readCell } from './queries.ts'

type Changes = Awaited<ReturnType<typeof readCell>>['history']

/** The states the cell has been in, the last first. */
export async function CellHistory({ changes, now }: { changes: Changes; now: Date }) {
  const t = await getTranslations('cell')
  const person = (name: string) => (MACHINES.has(name) ? t('machine') : name)
  const whyText = (why: string) =>
    t.has(why.replace('crisis.', '') as never) ? t(why.replace('crisis.', '') as never) : why
  return (
    <section className="grid gap-3">
      <DataTable
        caption={t('history')}
        showCaption
        rows={changes}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('no_history')} />}
        columns={[
          { key: 'state', head: t('state'), rowHead: true, cell: (row) => t(`states.${row.state}`) },
          { key: 'at', head: t('when'), cell: (row) => <Moment at={row.at} now={now} /> },
          { key: 'by', head: t('by'), cell: (row) => person(row.byName) },
          { key: 'why', head: t('why_label'), cell: (row) => whyText(row.why) },
          { key: 'told', head: t('told'), cell: (row) => row.toldTo.join(', ') || '–' },
        ]}
      />
    </section>
  )
}
