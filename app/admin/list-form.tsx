import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Button, LinkButton } from '#components/button.tsx'
import { Select, TextInput } from '#components/field.tsx'
import type { ListFilters } from './asked.ts'

/** Search of a list of the directory: a plain form, the address says it all. */
export async function ListForm({
  path,
  label,
  filters,
  children,
}: {
  path: string
  label: string
  filters: ListFilters
  children?: ReactNode
}) {
  const t = await getTranslations('directory')
  const common = await getTranslations('common')
  return (
    <search>
      <form
        action={path}
        method="get"
        className="grid items-end gap-3 sm:grid-cols-2 lg:flex lg:flex-wrap"
        data-screen-only
      >
        <div className="sm:col-span-2 lg:min-w-72 lg:grow">
          <TextInput type="search" name="q" label={label} defaultValue={filters.q} autoComplete="off" />
        </div>
        {children}
        <div className="lg:w-44">
          <Select
            name="inactive"
            label={t('filter.state')}
            empty={t('filter.in_use')}
            defaultValue={filters.inactive === '1' ? '1' : ''}
            options={[{ value: '1', label: t('filter.out_of_use') }]}
          />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button icon="search">{common('search')}</Button>
          {Object.values(filters).some(Boolean) && (
            <LinkButton kind="quiet" href={path}>
              {t('filter.clear')}
            </LinkButton>
          )}
        </div>
      </form>
    </search>
  )
}
