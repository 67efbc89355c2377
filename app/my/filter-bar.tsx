import { getTranslations } from 'next-intl/server'
import { Button, LinkButton } from '#components/button.tsx'
import { Select, TextInput } from '#components/field.tsx'
import { NUMBERS } from '#db/reference/numbers.ts'
import { LEVELS } from '#db/schema/cases.ts'
import { type Filters, STANDINGS } from './filters.ts'

/** A case number to open; for an authority, whose cases, which level, which number. Plain forms: the address says it all. */
export async function FilterBar({
  filters,
  authority,
  typed,
  fault,
}: {
  filters: Filters
  authority: boolean
  typed: string
  fault: 'not_found' | 'not_a_number' | null
}) {
  const t = await getTranslations('my')
  const words = await getTranslations('vocabulary')
  return (
    <div
      className={`my-4 grid items-end gap-4 ${authority ? 'lg:grid-cols-[1fr_2fr]' : 'lg:grid-cols-[2fr_3fr]'}`}
    >
      <search>
        <form action="/my" method="get" className="grid grid-cols-[1fr_auto] items-end gap-2">
          <TextInput
            name="q"
            label={t('search.label')}
            hint={t('search.hint')}
            error={fault && t(`search.${fault}`)}
            defaultValue={typed}
            inputMode="numeric"
            autoComplete="off"
          />
          <Button icon="search">{t('search.open')}</Button>
        </form>
      </search>
      <form action="/my" method="get" className="flex flex-wrap items-end gap-2">
        {authority && (
          <div className="grow basis-52">
            <Select
              name="scope"
              label={t('filter.scope')}
              defaultValue={filters.scope}
              options={(['territory', 'own'] as const).map((value) => ({
                value,
                label: t(`filter.${value}`),
              }))}
            />
          </div>
        )}
        <div className="grow basis-32">
          <Select
            name="standing"
            label={t('filter.standing')}
            empty={t('filter.any')}
            defaultValue={filters.standing ?? ''}
            options={STANDINGS.map((value) => ({ value, label: t(`filter.standings.${value}`) }))}
          />
        </div>
        <div className="grow basis-36">
          <Select
            name="level"
            label={t('filter.level')}
            empty={t('filter.any')}
            defaultValue={filters.level ?? ''}
            options={LEVELS.map((level) => ({ value: String(level), label: words(`level.${level}`) }))}
          />
        </div>
        <div className="grow basis-20">
          <Select
            name="number"
            label={t('filter.number')}
            empty={t('filter.any')}
            defaultValue={filters.number ?? ''}
            options={NUMBERS.map(({ number }) => ({ value: number, label: number }))}
          />
        </div>
        <Button icon="filter">{t('filter.apply')}</Button>
        {(filters.standing || filters.level || filters.number) && (
          <LinkButton kind="quiet" href={authority && filters.scope === 'own' ? '/my?scope=own' : '/my'}>
            {t('filter.clear')}
          </LinkButton>
        )}
      </form>
    </div>
  )
}
