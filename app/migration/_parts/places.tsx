import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { pageAfter } from '#app/admin/asked.ts'
import { ListPages } from '#app/admin/list-pages.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import type { Place } from '../rules/picture.ts'

/** The picture in figures, the most threatened first: what a screen reader reads in its place. */
export async function Places({ places, after }: { places: Place[]; after: string }) {
  const t = await getTranslations('migration')
  const rows = [...places].sort((a, b) => b.risk - a.risk || a.code.localeCompare(b.code))
  const { page, next } = pageAfter(rows, ({ code }) => code, after)
  return (
    <div>
      <DataTable
        dense
        caption={t('list.table')}
        rows={page}
        rowKey={(place) => place.code}
        empty={<EmptyState title={t('list.none')} />}
        columns={[
          {
            key: 'place',
            head: t('list.territory'),
            rowHead: true,
            cell: (place) => (
              <Link href={`/migration?territory=${place.code}`} prefetch={false}>
                {place.name} ({place.code})
              </Link>
            ),
          },
          { key: 'count', head: t('list.count'), numeric: true, cell: (place) => place.count },
          { key: 'copper', head: t('list.copper'), numeric: true, cell: (place) => place.copper },
          { key: 'moving', head: t('list.moving'), numeric: true, cell: (place) => place.moving },
          { key: 'moved', head: t('list.done'), numeric: true, cell: (place) => place.moved },
          { key: 'risk', head: t('list.at_risk'), numeric: true, cell: (place) => place.risk },
          { key: 'letters', head: t('list.letters'), cell: (place) => place.letters || '–' },
        ]}
      />
      <ListPages path="/migration" filters={{}} after={after} next={next} />
    </div>
  )
}
