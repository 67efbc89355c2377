import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { type Page, writeCursor } from '#app/directory/keyset.ts'
import { type Column, DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import type { ListFilters } from './asked.ts'
import { AdminHead } from './head.tsx'
import { ListForm } from './list-form.tsx'
import { ListPages } from './list-pages.tsx'

/** A list of the directory: its search, a page of it, the next one. `filters` are what only this list asks. */
export async function DirectoryList<Row extends { id: number; name: string }>({
  noun,
  page: { rows, next },
  filters,
  after,
  href,
  columns,
  add,
  text,
  children,
}: {
  noun: 'organisations' | 'contacts' | 'sites'
  page: Page<Row>
  filters: ListFilters
  after: string
  /** The record of a row. */
  href: (row: Row) => string
  /** After its name. */
  columns: Column<Row>[]
  add?: string
  text?: string
  children?: ReactNode
}) {
  const t = await getTranslations('directory')
  const path = `/admin/${noun}`
  return (
    <div className="grid gap-6">
      <AdminHead title={t(`${noun}.title`)} at={`/${noun}`} add={add} />
      {text && <p className="max-w-[65ch] text-soft">{text}</p>}
      <ListForm path={path} label={t(`${noun}.search`)} filters={filters}>
        {children}
      </ListForm>
      <DataTable
        caption={t(`${noun}.title`)}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t(`${noun}.none`)}>{t('organisations.none_text')}</EmptyState>}
        columns={[
          {
            key: 'name',
            head: t('field.name'),
            rowHead: true,
            cell: (row) => (
              <Link href={href(row)} prefetch={false}>
                {row.name}
              </Link>
            ),
          },
          ...columns,
        ]}
      />
      <ListPages path={path} filters={filters} after={after} next={next && writeCursor(next)} />
    </div>
  )
}

/** Whose it is, for what hangs on an organisation. */
export async function organisationColumn<
  Row extends { organisationId: number; organisation: string },
>(): Promise<Column<Row>> {
  const t = await getTranslations('directory')
  return {
    key: 'organisation',
    head: t('field.organisation'),
    cell: (row) => (
      <Link href={`/admin/organisations/${row.organisationId}`} prefetch={false}>
        {row.organisation}
      </Link>
    ),
  }
}

export async function placeColumn<Row extends { place: string | null; territoryCode: string }>(): Promise<
  Column<Row>
> {
  const t = await getTranslations('directory')
  return {
    key: 'place',
    head: t('field.territoryCode'),
    cell: (row) => (row.place ? `${row.place} (${row.territoryCode})` : row.territoryCode),
  }
}
