import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/data-table.tsx'
import type { Difference } from '../rules/differences.ts'
import { saidOf } from './said.ts'

/** Field by field: what stood there, what stands there now. */
export async function Differences({ differences }: { differences: Difference[] }) {
  const [t, said] = [await getTranslations('register'), await saidOf()]
  return (
    <DataTable
      dense
      caption={t('differences')}
      rows={differences}
      rowKey={({ field }) => field}
      empty={<p className="text-soft">{t('no_difference')}</p>}
      columns={[
        {
          key: 'field',
          head: t('field.name'),
          rowHead: true,
          cell: ({ field }) => said.name(field),
        },
        {
          key: 'before',
          head: t('before'),
          cell: ({ field, before }) => <del>{said.value(field, before)}</del>,
        },
        {
          key: 'after',
          head: t('after'),
          cell: ({ field, after }) => <ins className="no-underline">{said.value(field, after)}</ins>,
        },
      ]}
    />
  )
}
