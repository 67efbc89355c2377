import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { readCursor } from '#app/directory/keyset.ts'
import { listContacts } from '#app/directory/lists.ts'
import { type Asked, askedList } from '../asked.ts'
import { contactColumns } from '../directory-columns.tsx'
import { DirectoryList, organisationColumn } from '../directory-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('directory'))('contacts.title') }
}

/** Everybody one can call, whatever the organisation. */
export default async function ContactsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('directory.keep')
  const { filters, inactive, after } = askedList(await searchParams)
  const page = await listContacts(actor, { ...filters, inactive }, readCursor(after))
  const { post, reached } = await contactColumns<(typeof page.rows)[number]>()
  return (
    <DirectoryList
      noun="contacts"
      page={page}
      filters={filters}
      after={after}
      href={(row) => `/admin/organisations/${row.organisationId}/contacts/${row.id}`}
      columns={[post, await organisationColumn(), ...reached]}
    />
  )
}
