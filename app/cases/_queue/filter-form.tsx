import { getTranslations } from 'next-intl/server'
import { Button, LinkButton } from '#components/button.tsx'
import { Select, TextInput } from '#components/field.tsx'
import { Icon } from '#components/icon.tsx'
import { NUMBERS } from '#db/reference/numbers.ts'
import { CASE_STATES, LEVELS } from '#db/schema/cases.ts'
import { FLAGS } from './address.ts'
import type { Filters } from './filters.ts'

/** Search and filters in one GET form: they stand in the address, and work without a script. */
export async function FilterForm({
  filters,
  teams,
  places,
}: {
  filters: Filters
  teams: { id: number; name: string }[]
  places: string[] | null
}) {
  const [t, cases, vocabulary] = [
    await getTranslations('queue'),
    await getTranslations('cases'),
    await getTranslations('vocabulary'),
  ]
  const any = t('filters.any')
  const { level, state, number, territory, organisation, team } = filters
  const open = [level, number, territory, organisation, team].some((value) => value !== null)
  return (
    <form action="/cases" method="get" data-screen-only className="flex flex-wrap items-start gap-2">
      {FLAGS.map((flag) => (
        <input key={flag} type="hidden" name={flag} value="1" disabled={!filters[flag]} />
      ))}
      <search className="flex w-full min-w-0 max-w-2xl items-center gap-2 sm:w-auto sm:grow sm:basis-96">
        <label htmlFor="queue-search" className="sr-only">
          {t('search.label')}
        </label>
        <input
          id="queue-search"
          type="search"
          name="q"
          defaultValue={filters.q}
          placeholder={t('search.hint')}
          className="min-h-11 w-0 grow rounded-m border border-edge bg-raised px-3 placeholder:text-soft"
        />
        <Button icon="search">{t('search.submit')}</Button>
      </search>
      <details open={open} className="rounded-m border border-edge bg-raised open:w-full open:border-line">
        <summary className="flex min-h-11 items-center gap-2 px-3 font-semibold">
          <Icon name="filter" /> {t('filters.label')}
          {places && (
            <span className="font-normal text-soft">
              {places.length > 0
                ? t('filters.territory_known', { names: places.join(', ') })
                : t('filters.territory_unknown', { typed: territory ?? '' })}
            </span>
          )}
        </summary>
        <div className="grid items-end gap-3 border-t border-line p-3 [grid-template-columns:repeat(auto-fill,minmax(min(100%,11rem),1fr))]">
          <Select
            name="level"
            label={t('filters.level')}
            empty={any}
            defaultValue={String(level ?? '')}
            options={LEVELS.map((one) => ({ value: String(one), label: vocabulary(`level.${one}`) }))}
          />
          <Select
            name="state"
            label={t('filters.state')}
            empty={any}
            defaultValue={state ?? ''}
            options={CASE_STATES.map((one) => ({ value: one, label: cases(`state.${one}`) }))}
          />
          <Select
            name="number"
            label={t('filters.number')}
            empty={any}
            defaultValue={number ?? ''}
            options={NUMBERS.map((one) => ({ value: one.number, label: one.number }))}
          />
          <TextInput
            name="territory"
            label={t('filters.territory')}
            hint={t('filters.territory_hint')}
            defaultValue={territory ?? ''}
          />
          <TextInput
            name="organisation"
            label={t('filters.organisation')}
            defaultValue={organisation ?? ''}
          />
          <Select
            name="team"
            label={t('filters.team')}
            empty={any}
            defaultValue={String(team ?? '')}
            options={teams.map((one) => ({ value: String(one.id), label: one.name }))}
          />
          <div className="flex flex-wrap items-center gap-3">
            <Button kind="primary">{t('filters.apply')}</Button>
            <LinkButton href="/cases" kind="quiet">
              {t('filters.reset')}
            </LinkButton>
          </div>
        </div>
      </details>
    </form>
  )
}
