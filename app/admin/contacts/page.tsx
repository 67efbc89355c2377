import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { readCursor } from '#app/directory/keyset.ts'
import { listContacts } from '#app/directory/lists.ts'
import { spokenPhone } from '#app/directory/rules/phone.ts'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Badge } from '#components/tag.tsx'
import { type Asked, one } from '../asked.ts'
import { ListForm } from '../list-form.tsx'
import { ListPages } from '../list-pages.tsx'
import { AdminTabs } from '../tabs.tsx'

const PATH = '/admin/contacts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('directory'))('contacts.title') }
}

/** Everybody one can call, whatever the organisation. */
export default async function ContactsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor(['admin'])
  const asked = await searchParams
  const filters = { q: one(asked, 'q'), inactive: one(asked, 'inactive') }
  const inactive = filters.inactive === '1'
  const after = one(asked, 'after')
  const { rows, next } = await listContacts(actor, { ...filters, inactive }, readCursor(after))
  const t = await getTranslations('directory')

  return (
    <div className="grid gap-6">
      <h1 className="text-3xl">{t('contacts.title')}</h1>
      <AdminTabs current="/contacts" />
      <ListForm
        path={PATH}
        label={t('contacts.search')}
        q={filters.q}
        inactive={inactive}
        filtered={Object.values(filters).some(Boolean)}
      />
      <DataTable
        caption={t('contacts.title')}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('contacts.none')}>{t('organisations.none_text')}</EmptyState>}
        columns={[
          {
            key: 'name',
            head: t('field.name'),
            rowHead: true,
            cell: (row) => (
              <Link href={`/admin/organisations/${row.organisationId}/contacts/${row.id}`} prefetch={false}>
                {row.name}
              </Link>
            ),
          },
          { key: 'post', head: t('field.post'), cell: (row) => row.post ?? '–' },
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
            key: 'phone',
            head: t('field.phone'),
            cell: (row) => (
              <span className="inline-flex flex-wrap items-center gap-x-2 tabular-nums">
                {row.phone ? spokenPhone(row.phone) : '–'}
                {row.callBack && <Badge icon="phone">{t('contacts.call_back')}</Badge>}
              </span>
            ),
          },
          { key: 'email', head: t('field.email'), cell: (row) => row.email ?? '–' },
        ]}
      />
      <ListPages path={PATH} filters={filters} after={after} next={next} />
    </div>
  )
}
