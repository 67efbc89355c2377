import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { readCursor, writeCursor } from '#app/directory/keyset.ts'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Select } from '#components/field.tsx'
import { ROLES } from '#db/schema/account.ts'
import { type Asked, askedList } from '../asked.ts'
import { ForgottenPassphrases } from '../forgotten.tsx'
import { AdminHead } from '../head.tsx'
import { ListForm } from '../list-form.tsx'
import { ListPages } from '../list-pages.tsx'
import { listAccounts } from '../queries.ts'

const PATH = '/admin/accounts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('title') }
}

/** Who signs in, as what, for whom. */
export default async function AccountsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('accounts.keep')
  const now = new Date(requestTime())
  const { filters: asked, inactive, after } = askedList(await searchParams, 'role')
  const role = ROLES.find((known) => known === asked.role)
  const filters = { ...asked, role: role ?? '' }
  const { rows, next } = await listAccounts(actor, { q: filters.q, role, inactive }, readCursor(after))
  const t = await getTranslations('accounts')
  const words = await getTranslations('vocabulary')

  return (
    <div className="grid gap-6">
      <AdminHead title={t('title')} at="/accounts" add={t('new')} />
      <ForgottenPassphrases actor={actor} now={now} />
      <ListForm path={PATH} label={t('search')} filters={filters}>
        <div className="lg:w-64">
          <Select
            name="role"
            label={t('field.role')}
            empty={t('any_role')}
            defaultValue={filters.role}
            options={ROLES.map((value) => ({ value, label: words(`role.${value}`) }))}
          />
        </div>
      </ListForm>
      <DataTable
        caption={t('title')}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('none')}>{t('none_text')}</EmptyState>}
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
          { key: 'role', head: t('field.role'), cell: (row) => words(`role.${row.role}`) },
          { key: 'organisation', head: t('field.organisation'), cell: (row) => row.organisation ?? '–' },
          { key: 'email', head: t('field.email'), wideOnly: true, cell: (row) => row.email },
          {
            key: 'seen',
            head: t('last_seen'),
            cell: (row) =>
              row.lastSeenAt ? <Moment at={new Date(row.lastSeenAt)} now={now} /> : t('never_seen'),
          },
        ]}
      />
      <ListPages path={PATH} filters={filters} after={after} next={next && writeCursor(next)} />
    </div>
  )
}
