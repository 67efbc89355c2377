import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { SITE_ACCESSES } from '#app/directory/input.ts'
import { readCursor } from '#app/directory/keyset.ts'
import { listSites } from '#app/directory/lists.ts'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Select } from '#components/field.tsx'
import { NUMBERS } from '#db/reference/numbers.ts'
import { type Asked, askedList } from '../asked.ts'
import { AdminHead } from '../head.tsx'
import { ListForm } from '../list-form.tsx'
import { ListPages } from '../list-pages.tsx'

const PATH = '/admin/sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('directory'))('sites.title') }
}

/** Where calls arrive: which numbers, over which access, by which operator. */
export default async function SitesPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('directory.keep')
  const { filters, inactive, after } = askedList(await searchParams, 'number', 'access')
  const { rows, next } = await listSites(actor, { ...filters, inactive }, readCursor(after))
  const t = await getTranslations('directory')
  const words = await getTranslations('vocabulary')

  return (
    <div className="grid gap-6">
      <AdminHead title={t('sites.title')} at="/sites" />
      <p className="max-w-[65ch] text-soft">{t('sites.text')}</p>
      <ListForm path={PATH} label={t('sites.search')} filters={filters}>
        <div className="lg:w-40">
          <Select
            name="number"
            label={t('field.numbers_short')}
            empty={t('filter.any_number')}
            defaultValue={filters.number}
            options={NUMBERS.map(({ number }) => ({ value: number, label: number }))}
          />
        </div>
        <div className="lg:w-48">
          <Select
            name="access"
            label={t('field.access')}
            empty={t('filter.any_access')}
            defaultValue={filters.access}
            options={SITE_ACCESSES.map((access) => ({ value: access, label: words(`siteAccess.${access}`) }))}
          />
        </div>
      </ListForm>
      <DataTable
        caption={t('sites.title')}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('sites.none')}>{t('organisations.none_text')}</EmptyState>}
        columns={[
          {
            key: 'name',
            head: t('field.name'),
            rowHead: true,
            cell: (row) => (
              <Link href={`/admin/organisations/${row.organisationId}/sites/${row.id}`} prefetch={false}>
                {row.name}
              </Link>
            ),
          },
          {
            key: 'organisation',
            head: t('field.organisation'),
            cell: (row) => (
              <Link href={`/admin/organisations/${row.organisationId}`} prefetch={false}>
                {row.organisation}
              </Link>
            ),
          },
          {
            key: 'numbers',
            head: t('field.numbers_short'),
            cell: (row) => row.numbers.join(' · ') || t('sites.no_number'),
          },
          { key: 'access', head: t('field.access'), cell: (row) => words(`siteAccess.${row.access}`) },
          { key: 'operator', head: t('field.operator'), cell: (row) => row.operator ?? '–' },
          {
            key: 'place',
            head: t('field.territoryCode'),
            cell: (row) => (row.place ? `${row.place} (${row.territoryCode})` : row.territoryCode),
          },
        ]}
      />
      <ListPages path={PATH} filters={filters} after={after} next={next} />
    </div>
  )
}
