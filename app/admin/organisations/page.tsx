import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { readCursor } from '#app/directory/keyset.ts'
import { listOrganisations } from '#app/directory/lists.ts'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Select } from '#components/field.tsx'
import { ORGANISATION_KINDS } from '#db/schema/directory.ts'
import { type Asked, askedList } from '../asked.ts'
import { AdminHead } from '../head.tsx'
import { ListForm } from '../list-form.tsx'
import { ListPages } from '../list-pages.tsx'

const PATH = '/admin/organisations'
const HELD = ['posts', 'contacts', 'sites'] as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('directory'))('organisations.title') }
}

/** Who can report, and what each holds: forty a page, by name. */
export default async function OrganisationsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('directory.keep')
  const { filters, inactive, after } = askedList(await searchParams, 'kind')
  const { rows, next } = await listOrganisations(actor, { ...filters, inactive }, readCursor(after))
  const t = await getTranslations('directory')
  const words = await getTranslations('vocabulary')

  return (
    <div className="grid gap-6">
      <AdminHead title={t('organisations.title')} at="/organisations" add={t('organisations.new')} />
      <ListForm path={PATH} label={t('organisations.search')} filters={filters}>
        <div className="lg:w-80">
          <Select
            name="kind"
            label={t('field.kind')}
            empty={t('filter.any')}
            defaultValue={filters.kind}
            options={ORGANISATION_KINDS.map((kind) => ({
              value: kind,
              label: words(`organisationKind.${kind}`),
            }))}
          />
        </div>
      </ListForm>
      <DataTable
        caption={t('organisations.title')}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('organisations.none')}>{t('organisations.none_text')}</EmptyState>}
        columns={[
          {
            key: 'name',
            head: t('field.name'),
            rowHead: true,
            cell: (row) => (
              <Link href={`${PATH}/${row.id}`} prefetch={false}>
                {row.name}
              </Link>
            ),
          },
          { key: 'kind', head: t('field.kind'), cell: (row) => words(`organisationKind.${row.kind}`) },
          {
            key: 'place',
            head: t('field.territoryCode'),
            cell: (row) => (row.place ? `${row.place} (${row.territoryCode})` : row.territoryCode),
          },
          { key: 'sees', head: t('field.sees_short'), cell: (row) => row.sees.join(' ') || '–' },
          {
            key: 'held',
            head: t('organisations.held'),
            cell: (row) =>
              HELD.filter((what) => row[what] > 0)
                .map((what) => t(`organisations.holds.${what}`, { count: row[what] }))
                .join(', ') || '–',
          },
        ]}
      />
      <ListPages path={PATH} filters={filters} after={after} next={next} />
    </div>
  )
}
