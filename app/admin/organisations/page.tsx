import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { readCursor } from '#app/directory/keyset.ts'
import { listOrganisations } from '#app/directory/lists.ts'
import { Select } from '#components/field.tsx'
import { ORGANISATION_KINDS } from '#db/schema/directory.ts'
import { type Asked, askedList } from '../asked.ts'
import { DirectoryList, placeColumn } from '../directory-list.tsx'

const HELD = ['posts', 'contacts', 'sites'] as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('directory'))('organisations.title') }
}

/** Who can report, and what each holds: forty a page, by name. */
export default async function OrganisationsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('directory.keep')
  const { filters, inactive, after } = askedList(await searchParams, 'kind')
  const page = await listOrganisations(actor, { ...filters, inactive }, readCursor(after))
  const t = await getTranslations('directory')
  const words = await getTranslations('vocabulary')

  return (
    <DirectoryList
      noun="organisations"
      page={page}
      filters={filters}
      after={after}
      href={(row) => `/admin/organisations/${row.id}`}
      add={t('organisations.new')}
      columns={[
        { key: 'kind', head: t('field.kind'), cell: (row) => words(`organisationKind.${row.kind}`) },
        await placeColumn(),
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
    >
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
    </DirectoryList>
  )
}
