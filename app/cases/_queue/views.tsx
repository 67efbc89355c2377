import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Button } from '#components/button.tsx'
import { TextInput } from '#components/field.tsx'
import { deleteViewAction, saveViewAction } from '../actions.ts'
import { ListView, ShownQuery, TakeAway, WhileShown, WhileUnnamed } from './list-parts.tsx'
import type { SavedView } from './query.ts'

/** Filters kept under a name, for oneself; and the whole list that they make, to take away. */
export async function SavedViews({ views }: { views: SavedView[] }) {
  const t = await getTranslations('queue')
  return (
    <section
      data-screen-only
      aria-labelledby="saved-views"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-3"
    >
      <h2 id="saved-views" className="text-base">
        {t('views.label')}
      </h2>
      {views.length === 0 && <p className="text-soft">{t('views.none')}</p>}
      {views.map(({ id, name, query }) => (
        <ListView key={id} query={query}>
          {name}
        </ListView>
      ))}
      {views.map(({ id, name, query }) => (
        <WhileShown key={id} query={query}>
          <DoorForm action={deleteViewAction} name={`delete-view-${id}`}>
            <input type="hidden" name="id" value={id} />
            <Button kind="quiet" size="dense">
              {t('views.delete', { name })}
            </Button>
          </DoorForm>
        </WhileShown>
      ))}
      <WhileUnnamed named={views.map(({ query }) => query)}>
        <DoorForm action={saveViewAction} name="save-view" className="flex flex-wrap items-end gap-2">
          <ShownQuery name="query" />
          <TextInput
            name="name"
            id="view-name"
            label={t('views.name')}
            hideLabel
            placeholder={t('views.name')}
            required
          />
          <Button>{t('views.save')}</Button>
        </DoorForm>
      </WhileUnnamed>
      <TakeAway>{t('views.take')}</TakeAway>
    </section>
  )
}
