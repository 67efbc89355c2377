import { getLocale, getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBox, FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { momentText } from '#app/_i18n/time.ts'
import type { CallTask } from '#app/crisis/queries.ts'
import { showPhone } from '#app/directory/rules/phone.ts'
import { Button } from '#components/button.tsx'
import { Icon } from '#components/icon.tsx'
import { Notice } from '#components/notice.tsx'
import { logCallAction } from './actions.ts'
import { getSetting } from './settings.ts'

/** Authorities that did not acknowledge within ten minutes: whom to ask for, the number to press, what to say. */
export async function CallTasks({ tasks, now }: { tasks: CallTask[]; now: Date }) {
  if (tasks.length === 0) return null
  const t = await getTranslations('cell')
  return (
    <section id="calls" aria-labelledby="calls-title" className="grid gap-3">
      <h2 id="calls-title" className="sr-only">
        {t('calls.title', { count: tasks.length })}
      </h2>
      <Notice tone="danger" title={t('calls.title', { count: tasks.length })}>
        {t('calls.explain')}
      </Notice>
      <ul className="grid items-start gap-3 lg:grid-cols-2">
        {tasks.map((task) => (
          <Task key={task.organisationId} task={task} now={now} />
        ))}
      </ul>
    </section>
  )
}

async function Task({ task, now }: { task: CallTask; now: Date }) {
  const [t, words] = [await getTranslations('cell'), await sayWords(task, now)]
  const id = task.organisationId
  return (
    <li className="grid gap-2 rounded-m border border-line bg-raised p-3" data-call-task>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="text-base">{task.organisation}</h3>
        <p className="text-sm text-soft">
          {t('calls.since')} <Moment at={new Date(task.since)} now={now} />
        </p>
      </div>
      {task.persons.length === 0 && <p className="font-bold text-danger">{t('calls.no_number')}</p>}
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {task.persons.map(({ name, post, phone }, first) => (
          <li key={phone}>
            <a
              href={`tel:${phone}`}
              className={`inline-flex min-h-11 items-center gap-2 tabular-nums ${first === 0 ? 'text-lg font-bold' : ''}`}
            >
              <Icon name="phone" className="size-5" />
              {showPhone(phone)}
            </a>{' '}
            <span className="text-soft">{post ? `${name}, ${post}` : name}</span>
          </li>
        ))}
      </ul>
      <blockquote className="border-l-4 border-edge pl-3">{words}</blockquote>
      {task.last && (
        <p className="text-sm text-soft">
          {t('calls.last', { name: task.last.by ?? '' })} <Moment at={new Date(task.last.at)} now={now} /> :{' '}
          {task.last.result}
        </p>
      )}
      <DoorForm
        action={logCallAction}
        name={`call-${id}`}
        className="grid gap-2 sm:grid-cols-[1fr_auto] sm:items-end"
      >
        <input type="hidden" name="organisationId" value={id} />
        <FormText id={`result-${id}`} name="result" label={t('calls.result')} required />
        <Button>{t('calls.log')}</Button>
        <FormBox id={`acknowledged-${id}`} name="acknowledged?" label={t('calls.acknowledged')} />
      </DoorForm>
    </li>
  )
}

/** What is said on the telephone: who calls, what was sent, and when the next one comes. */
async function sayWords({ notices }: CallTask, now: Date): Promise<string> {
  const [t, locale] = [await getTranslations('cell'), await getLocale()]
  const sent = notices.map(({ kind, number, incident }) =>
    t(`calls.kind.${kind}`, { number, incident: incident ?? '' }),
  )
  const [newest] = notices
  return [
    t('calls.say', { operator: await getSetting('operator_name'), sent: sent.join(', ') }),
    newest?.text && shortened(newest.text),
    newest?.nextAt && t('calls.say_next', { time: momentText(new Date(newest.nextAt), { now, locale }) }),
    t('calls.say_ask'),
  ]
    .filter(Boolean)
    .join(' ')
}

/** Read aloud in one breath; the rest is in what was sent. */
const BREATH = 240
function shortened(text: string): string {
  return text.length <= BREATH ? text : `${text.slice(0, text.lastIndexOf(' ', BREATH))}…`
}
