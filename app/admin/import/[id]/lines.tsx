import { getTranslations } from 'next-intl/server'
import type { Planned as PlannedLine } from '#app/directory/rules/import-plan.ts'
import { DataTable } from '#components/data-table.tsx'
import { Tag } from '#components/tag.tsx'

/** Lines shown of what would happen; the wrong ones are shown to the last. */
const MOST = 200

/** What would be made, changed, left as it is. */
export async function Planned({ planned }: { planned: PlannedLine[] }) {
  if (planned.length === 0) return null
  const [t, every] = [await getTranslations('directory'), await getTranslations('forms')]
  return (
    <section className="grid gap-3">
      <h2 className="text-xl">{t('import.planned')}</h2>
      {planned.length > MOST && <p className="text-soft">{every('upload.first_shown', { count: MOST })}</p>}
      <DataTable
        dense
        caption={t('import.planned')}
        rows={planned.slice(0, MOST)}
        rowKey={(one) => one.line}
        columns={[
          { key: 'name', head: t('field.name'), rowHead: true, cell: ({ name }) => name },
          { key: 'kind', head: t('import.what'), cell: ({ kind }) => t(`import.kind.${kind}`) },
          {
            key: 'organisation',
            head: t('field.organisation'),
            cell: ({ kind, organisation }) => (kind === 'organisation' ? '–' : organisation),
          },
          {
            key: 'effect',
            head: t('import.effect'),
            cell: ({ changes }) =>
              changes === null ? (
                <Tag tone="ok" icon="plus">
                  {t('import.create')}
                </Tag>
              ) : changes.length > 0 ? (
                t('import.change', {
                  fields: changes.map((field) => t(`field.${field}` as never)).join(', '),
                })
              ) : (
                t('import.same')
              ),
          },
          { key: 'line', head: t('import.line'), numeric: true, cell: ({ line }) => line },
        ]}
      />
    </section>
  )
}
