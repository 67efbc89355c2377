import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { SITE_ACCESSES } from '#app/directory/input.ts'
import { readCursor } from '#app/directory/keyset.ts'
import { listSites } from '#app/directory/lists.ts'
import { Select } from '#components/field.tsx'
import { NUMBERS } from '#db/reference/numbers.ts'
import { type Asked, askedList } from '../asked.ts'
import { siteColumns } from '../directory-columns.tsx'
import { DirectoryList, organisationColumn, placeColumn } from '../directory-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('directory'))('sites.title') }
}

/** Where calls arrive: which numbers, over which access, by which operator. */
export default async function SitesPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('directory.keep')
  const { filters, inactive, after } = askedList(await searchParams, 'number', 'access')
  const page = await listSites(actor, { ...filters, inactive }, readCursor(after))
  const t = await getTranslations('directory')
  const words = await getTranslations('vocabulary')

  return (
    <DirectoryList
      noun="sites"
      page={page}
      filters={filters}
      after={after}
      href={(row) => `/admin/organisations/${row.organisationId}/sites/${row.id}`}
      text={t('sites.text')}
      columns={[await organisationColumn(), ...(await siteColumns()), await placeColumn()]}
    >
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
    </DirectoryList>
  )
}
