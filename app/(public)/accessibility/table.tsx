import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/data-table.tsx'
import { CRITERIA, type Criterion, type CriterionId, conformity, THEMES } from './criteria.ts'

type Row = Criterion & { id: CriterionId }
const ROWS = Object.entries(CRITERIA).map(([id, found]): Row => ({ id: id as CriterionId, ...found }))

/** The statement is made of the table: its rate, then every criterion with how it was checked. */
export async function CriteriaTable() {
  const t = await getTranslations('rgaa')
  const key = (id: CriterionId) => `c${id.replace('.', '_')}` as 'c1_1'
  return (
    <section aria-labelledby="rgaa" className="grid gap-3">
      <h2 id="rgaa" className="text-xl">
        {t('title')}
      </h2>
      <p className="text-lg">
        <strong>{t('rate', conformity())}</strong>
      </p>
      <p>{t('own')}</p>
      {THEMES.map((_, index) => (
        <details
          key={t(`theme.t${index + 1}` as 'theme.t1')}
          className="rounded-m border border-line bg-raised px-3"
        >
          <summary className="min-h-11 cursor-pointer py-2.5 font-semibold">
            {index + 1}. {t(`theme.t${index + 1}` as 'theme.t1')}
          </summary>
          <div className="pb-3">
            <DataTable
              caption={t(`theme.t${index + 1}` as 'theme.t1')}
              rows={ROWS.filter(({ id }) => id.startsWith(`${index + 1}.`))}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: 'criterion',
                  head: t('head.criterion'),
                  rowHead: true,
                  cell: ({ id }) => `${id} ${t(`title_of.${key(id)}`)}`,
                },
                { key: 'state', head: t('head.state'), cell: ({ state }) => t(`state.${state}`) },
                {
                  key: 'how',
                  head: t('head.how'),
                  cell: ({ id, how }) =>
                    t.has(`note.${key(id)}` as never) ? t(`note.${key(id)}` as never) : t(`how.${how}`),
                },
              ]}
            />
          </div>
        </details>
      ))}
    </section>
  )
}
