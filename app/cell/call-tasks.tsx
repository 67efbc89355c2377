import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBox, FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { logCallAction } from './actions.ts'

type Task = { id: number; organisation: string; callDueAt: Date | null }

/** A notice that nobody acknowledged within ten minutes: somebody telephones. */
export async function CallTasks({ tasks, now }: { tasks: Task[]; now: Date }) {
  if (tasks.length === 0) return null
  const t = await getTranslations('cell')
  return (
    <section className="grid gap-3">
      <Notice tone="danger" title={t('calls.title', { count: tasks.length })}>
        {t('calls.explain')}
      </Notice>
      <ul className="grid gap-3 lg:grid-cols-2">
        {tasks.map((task) => (
          <li key={task.id} className="rounded-m border border-line bg-raised p-3">
            <p className="font-bold">{task.organisation}</p>
            {task.callDueAt && (
              <p className="text-sm text-soft">
                {t('calls.since')} <Moment at={task.callDueAt} now={now} />
              </p>
            )}
            <DoorForm action={logCallAction} name={`call-${task.id}`} className="mt-2 grid gap-3">
              <input type="hidden" name="recipientId" value={task.id} />
              <FormText id={`result-${task.id}`} name="result" label={t('calls.result')} required />
              <FormBox id={`acknowledged-${task.id}`} name="acknowledged?" label={t('calls.acknowledged')} />
              <div>
                <Button>{t('calls.log')}</Button>
              </div>
            </DoorForm>
          </li>
        ))}
      </ul>
    </section>
  )
}
