import { getLocale, getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { startAction } from '#app/drills/actions.ts'
import { shippedDrills } from '#app/drills/shipped.ts'
import { Button } from '#components/button.tsx'
import { Fold } from '#components/fold.tsx'
import { closeLessonAction, proveLessonAction, saveLessonAction } from './actions.ts'
import type { Lesson } from './queries.ts'
import { lessonMoves } from './rules/lesson.ts'

export async function LessonForm({
  lesson,
  fold,
  open,
  incident = '',
  record = '',
}: {
  lesson: Lesson | null
  fold: string
  open?: boolean
  incident?: string
  record?: string
}) {
  const [t, locale] = [await getTranslations('lessons'), await getLocale()]
  const of = lesson ? `lesson-${lesson.id}` : 'lesson-new'
  return (
    <Fold label={fold} open={open}>
      <DoorForm action={saveLessonAction} name={of} className="grid max-w-3xl gap-4">
        {lesson && <input type="hidden" name="id" value={lesson.id} />}
        {lesson && <input type="hidden" name="version" value={lesson.version} />}
        <FormArea
          id={`${of}-what`}
          name="recommendation"
          label={t('recommendation')}
          defaultValue={lesson?.recommendation}
          rows={2}
          required
        />
        <div className="grid items-end gap-4 sm:grid-cols-2">
          <FormText
            id={`${of}-owner`}
            name="ownerName"
            label={t('owner')}
            defaultValue={lesson?.ownerName}
            most={120}
            required
            autoComplete="off"
          />
          <FormText
            id={`${of}-due`}
            type="date"
            name="dueOn"
            label={t('due')}
            defaultValue={lesson?.dueOn}
            required
          />
          <FormText
            id={`${of}-incident`}
            name="incidentReference"
            label={t('incident')}
            defaultValue={lesson?.incidentReference ?? incident}
            autoComplete="off"
          />
          <FormText
            id={`${of}-record`}
            name="recordId"
            label={t('record')}
            defaultValue={lesson?.recordId ?? record}
            autoComplete="off"
          />
        </div>
        <FormSelect
          id={`${of}-drill`}
          name="drillId"
          label={t('drill')}
          empty={t('no_drill')}
          defaultValue={lesson?.drillId ?? ''}
          options={shippedDrills().map(({ drill }) => ({
            value: drill.id,
            label: locale === 'fr' ? drill.titleFr : drill.title,
          }))}
        />
        <div>
          <Button kind={lesson ? 'secondary' : 'primary'}>{t('save')}</Button>
        </div>
      </DoorForm>
    </Fold>
  )
}

export async function ProveForm({
  lesson,
  runs,
}: {
  lesson: Lesson
  runs: { value: string; label: string }[]
}) {
  const t = await getTranslations('lessons')
  const of = `prove-${lesson.id}`
  return (
    <Fold label={t('prove')}>
      <DoorForm action={proveLessonAction} name={of} className="grid gap-3">
        <input type="hidden" name="id" value={lesson.id} />
        <input type="hidden" name="version" value={lesson.version} />
        <FormArea id={`${of}-proof`} name="proof" label={t('proof')} hint={t('proof_hint')} rows={2} />
        {runs.length > 0 && (
          <FormSelect
            id={`${of}-run`}
            name="exerciseId"
            label={t('run_of_it')}
            empty={t('no_run')}
            options={runs}
          />
        )}
        <div>
          <Button>{t('prove')}</Button>
        </div>
      </DoorForm>
    </Fold>
  )
}

export async function CloseForm({ lesson }: { lesson: Lesson }) {
  const t = await getTranslations('lessons')
  return (
    <DoorForm action={closeLessonAction} name={`close-${lesson.id}`} className="flex flex-wrap gap-2">
      <input type="hidden" name="id" value={lesson.id} />
      <input type="hidden" name="version" value={lesson.version} />
      {lessonMoves(lesson.state).map((to) => (
        <Button key={to} name="to" value={to} size="dense" kind={to === 'closed' ? 'primary' : 'secondary'}>
          {t(`move.${to as 'closed'}`)}
        </Button>
      ))}
    </DoorForm>
  )
}

/** The drill that proves it, played again as fast as its file allows people to follow: nobody answers, the rules do. */
export async function RunAgain({ lesson }: { lesson: Lesson }) {
  const t = await getTranslations('lessons')
  const file = shippedDrills().find(({ drill }) => drill.id === lesson.drillId)?.name
  if (!file) return null
  return (
    <DoorForm action={startAction} name={`run-${lesson.id}`}>
      <input type="hidden" name="drill" value={file} />
      <input type="hidden" name="crew" value="none" />
      <input type="hidden" name="speed" value="60" />
      <Button size="dense">{t('run_again')}</Button>
    </DoorForm>
  )
}
