import { getTranslations } from 'next-intl/server'
import { Pagination } from '#components/pagination.tsx'
import { listAddress } from './asked.ts'

/** On to the next page of a list, back to its beginning. */
export async function ListPages({
  path,
  filters,
  after,
  next,
}: {
  path: string
  filters: Record<string, string>
  after: string
  next: string | null
}) {
  const t = await getTranslations('directory')
  const common = await getTranslations('common')
  return (
    <Pagination
      label={common('pages')}
      previousLabel={t('organisations.first')}
      nextLabel={common('nextPage')}
      previous={after && listAddress(path, filters)}
      next={next && listAddress(path, { ...filters, after: next })}
    />
  )
}
