import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/data-table.tsx'
import type { Difference } from '../rules/differences.ts'

/** Field by field: what stood there, what stands there now. */
export async function Differences({ differences }: { differences: Difference[] }) {
  const t = await getTranslations('register')
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
          cell: ({ field }) => <span className="text-sm">{field.replaceAll('.', ' › ')}</span>,
        },
        { key: 'before', head: t('before'), cell: ({ before }) => <del>{before}</del> },
        { key: 'after', head: t('after'), cell: ({ after }) => <ins className="no-underline">{after}</ins> },
      ]}
    />
  )
}
