import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { readCursor } from '#app/directory/keyset.ts'
import { listContacts } from '#app/directory/lists.ts'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { type Asked, askedList } from '../asked.ts'
import { AdminHead } from '../head.tsx'
import { ListForm } from '../list-form.tsx'
import { ListPages } from '../list-pages.tsx'
import { ContactPhone } from '../organisations/contact-phone.tsx'

const PATH = '/admin/contacts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('directory'))('contacts.title') }
}

/** Everybody one can call, whatever the organisation. */
export default async function ContactsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('directory.keep')
  const { filters, inactive, after } = askedList(await searchParams)
  const { rows, next } = await listContacts(actor, { ...filters, inactive }, readCursor(after))
  const t = await getTranslations('directory')

  return (
    <div className="grid gap-6">
      <AdminHead title={t('contacts.title')} at="/contacts" />
      <ListForm path={PATH} label={t('contacts.search')} filters={filters} />
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
              <ContactPhone phone={row.phone} callBack={row.callBack && t('contacts.call_back')} />
            ),
          },
          { key: 'email', head: t('field.email'), cell: (row) => row.email ?? '–' },
        ]}
      />
      <ListPages path={PATH} filters={filters} after={after} next={next} />
    </div>
  )
}
