import { getLocale, getTranslations } from 'next-intl/server'
import { Button } from '#components/button.tsx'
import { Select } from '#components/field.tsx'
import type { RegisterFilter } from '../filter.ts'
import type { Standing } from '../queries.ts'

/** By country, number and cause: a plain form, an address of its own. */
export async function FilterForm({
  path,
  filter,
  all,
}: {
  path: string
  filter: RegisterFilter
  all: Standing[]
}) {
  const [t, locale] = [await getTranslations('register'), await getLocale()]
  const regions = new Intl.DisplayNames([locale], { type: 'region' })
  const unique = (values: string[]) => [...new Set(values)].sort()
  return (
    <form action={path} className="flex flex-wrap items-end gap-3" data-screen-only>
      <div className="w-52">
        <Select
          name="country"
          label={t('field.country')}
          empty={t('filter.all')}
          defaultValue={filter.country}
          options={unique(all.map(({ loss }) => loss.country)).map((code) => ({
            value: code,
            label: regions.of(code) ?? code,
          }))}
        />
      </div>
      <div className="w-32">
        <Select
          name="number"
          label={t('field.numbers')}
          empty={t('filter.all')}
          defaultValue={filter.number}
          options={unique(all.flatMap(({ loss }) => loss.numbers)).map((number) => ({
            value: number,
            label: number,
          }))}
        />
      </div>
      <div className="w-64">
        <Select
          name="cause"
          label={t('field.cause_family')}
          empty={t('filter.all')}
          defaultValue={filter.cause}
          options={unique(all.map(({ loss }) => loss.cause.family)).map((family) => ({
            value: family,
            label: t(`family.${family}` as never),
          }))}
        />
      </div>
      <Button>{t('filter.apply')}</Button>
    </form>
  )
}
