import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Button } from '#components/button.tsx'
import { TextInput } from '#components/field.tsx'
import { deleteViewAction, saveViewAction } from '../actions.ts'
import { queuePath, readFilters } from './filters.ts'
import type { SavedView } from './query.ts'

/** Filters kept under a name, for oneself; and the whole list that they make, to take away. */
export async function SavedViews({ views, query }: { views: SavedView[]; query: string }) {
  const t = await getTranslations('queue')
  const here = views.find((view) => view.query === query)
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
      {views.map((view) => (
        <Link
          key={view.id}
          prefetch={false}
          href={queuePath(readFilters(Object.fromEntries(new URLSearchParams(view.query))))}
          aria-current={view === here ? 'page' : undefined}
          className="inline-flex min-h-8 items-center aria-[current]:font-bold"
        >
          {view.name}
        </Link>
      ))}
      {here && (
        <DoorForm action={deleteViewAction} name="delete-view">
          <input type="hidden" name="id" value={here.id} />
          <Button kind="quiet" size="dense">
            {t('views.delete', { name: here.name })}
          </Button>
        </DoorForm>
      )}
      {query && !here && (
        <DoorForm action={saveViewAction} name="save-view" className="flex flex-wrap items-end gap-2">
          <input type="hidden" name="query" value={query} />
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
      )}
      <a
        href={`/api/v1/exports/cases${query && `?${query}`}`}
        download
        className="inline-flex min-h-8 items-center coarse:min-h-11 sm:ml-auto"
      >
        {t('views.take')}
      </a>
    </section>
  )
}
