import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { momentText } from '#app/_i18n/time.ts'
import { DialButton } from '#app/calls/dial-button.tsx'
import type { CallTask } from '#app/crisis/queries.ts'
import { showPhone } from '#app/directory/rules/phone.ts'
import { sentences } from '#app/inbox/message.tsx'
import { mayDial } from '#app/notifications/commands/dial.ts'
import { Button } from '#components/button.tsx'
import { DropPanel } from '#components/drop-panel.tsx'
import { Icon } from '#components/icon.tsx'
import { logCallAction } from './actions.ts'
import { getSetting } from './settings.ts'

type Calls = { tasks: CallTask[]; actor: AccountActor; now: Date }

/** Authorities that have not answered, people whom no message reached: whom to ask for, the number to press, what to say. A line a call. */
export async function CallTasks({ tasks, actor, now }: Calls) {
  if (tasks.length === 0) return null
  const t = await getTranslations('cell')
  return (
    <section id="calls" aria-labelledby="calls-title" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="calls-title" className="text-xl text-danger">
        <Icon name="phone" className="mr-2 size-5" />
        {t('calls.title', { count: tasks.length })}
      </h2>
      <p className="text-soft">{t('calls.explain')}</p>
      <CallList {...{ tasks, actor, now }} />
    </section>
  )
}

/** The same on the page of the queue: a button that says how many, and the list laid over the rows, which stay where they are. */
export async function CallButton({ tasks, actor, now }: Calls) {
  if (tasks.length === 0) return null
  const t = await getTranslations('cell')
  return (
    <DropPanel
      look="border-danger-solid bg-danger-solid text-on-danger"
      label={
        <>
          <Icon name="phone" />
          {t('calls.to_make', { count: tasks.length })}
        </>
      }
    >
      <div className="p-2 sm:p-3">
        <h2 className="sr-only">{t('calls.title', { count: tasks.length })}</h2>
        <CallList {...{ tasks, actor, now }} />
      </div>
    </DropPanel>
  )
}

async function CallList({ tasks, actor, now }: Calls) {
  const [dials, say] = [await mayDial(actor), await sayWords(actor, now)]
  return (
    <ul className="border-t border-line">
      {tasks.map((task) => (
        <Task key={task.who} {...{ task, dials, now }} words={say(task)} />
      ))}
    </ul>
  )
}

async function Task({
  task,
  words,
  dials,
  now,
}: {
  task: CallTask
  words: string
  dials: boolean
  now: Date
}) {
  const t = await getTranslations('cell')
  const [first, ...others] = task.persons
  return (
    <li
      className="flex flex-wrap items-center gap-x-4 border-b border-line bg-raised px-2.5 py-1 lg:flex-nowrap lg:has-[details[open]]:flex-wrap"
      data-call-task
    >
      <h3 className="min-w-0 text-base max-lg:basis-full lg:w-64 lg:truncate" title={task.name}>
        {task.name}
      </h3>
      <div className="flex min-w-0 items-center gap-x-3 max-lg:basis-full max-lg:flex-wrap lg:w-88">
        {first ? (
          <Person person={first} dials={dials && task.who} />
        ) : (
          <strong className="text-danger">{t('calls.no_number')}</strong>
        )}
      </div>
      <p className="min-w-0 grow text-sm max-lg:basis-full lg:w-0 lg:truncate" title={words}>
        {words}
      </p>
      <CallResult task={task} />
      <details className="min-w-0 shrink-0 open:basis-full">
        <summary className="inline-flex min-h-9 items-center rounded-m border border-edge bg-raised px-2.5 text-sm font-semibold text-accent coarse:min-h-11">
          {t('calls.note')}
        </summary>
        <div className="grid gap-2 py-2">
          <blockquote className="border-l-4 border-edge pl-3">{words}</blockquote>
          {others.map((person) => (
            <div key={person.phone} className="flex items-center gap-x-3">
              <Person person={person} dials={dials && task.who} />
            </div>
          ))}
          <p className="text-sm text-soft">
            {t('calls.since')} <Moment at={new Date(task.since)} now={now} />
            {task.last && (
              <>
                {' · '}
                {t('calls.last', { name: task.last.by ?? '' })}{' '}
                <Moment at={new Date(task.last.at)} now={now} /> : {task.last.result}
              </>
            )}
          </p>
          {task.asked.map(({ instructionId, number }) => (
            <a key={instructionId} href={`/instructions/${instructionId}`}>
              {t('calls.answered', { number })}
            </a>
          ))}
          <CallResult task={task} noted />
        </div>
      </details>
    </li>
  )
}

/** One press says what came of it; `noted`: with words. */
async function CallResult({ task: { who }, noted = false }: { task: CallTask; noted?: boolean }) {
  const t = await getTranslations('cell')
  const name = `${noted ? 'note' : 'task'}-${who}`
  return (
    <DoorForm action={logCallAction} name={name} className="flex flex-wrap items-end gap-2">
      <input type="hidden" name="who" value={who} />
      {noted && <FormText id={name} name="result" label={t('calls.result')} />}
      <Button name="reached?" value="false" size="dense">
        {t('calls.not_reached')}
      </Button>
      <Button name="reached?" value="true" size="dense" kind="primary">
        {t('calls.reached')}
      </Button>
    </DoorForm>
  )
}

/** The number first: it is what is pressed. */
function Person({
  person: { name, post, phone },
  dials,
}: {
  person: CallTask['persons'][number]
  /** For whom, when the switchboard dials from a page. */
  dials: string | false
}) {
  const who = post ? `${name}, ${post}` : name
  return (
    <>
      <a
        href={`tel:${phone}`}
        className="inline-flex min-h-9 shrink-0 items-center gap-2 text-lg font-bold whitespace-nowrap tabular-nums coarse:min-h-11"
      >
        <Icon name="phone" className="size-4" />
        {showPhone(phone)}
      </a>
      {dials && <DialButton phone={phone} name={`${dials}-${phone}`} />}
      <span className="min-w-0 text-sm text-soft lg:truncate" title={who}>
        {who}
      </span>
    </>
  )
}

/** What is said on the telephone: who calls, what was sent, what was asked, and when the next one comes. */
async function sayWords(actor: AccountActor, now: Date): Promise<(task: CallTask) => string> {
  const [t, locale, said, operator] = [
    await getTranslations('cell'),
    await getLocale(),
    await sentences(actor, now),
    await getSetting('operator_name'),
  ]
  return ({ notices, asked, messages }) => {
    const [newest] = notices
    const sent = notices.map(({ kind, number, incident }) =>
      t(`calls.kind.${kind}`, { number, incident: incident ?? '' }),
    )
    return [
      t('calls.say', { operator }),
      newest && t('calls.say_sent', { sent: sent.join(', ') }),
      newest?.text && shortened(newest.text),
      newest?.nextAt && t('calls.say_next', { time: momentText(new Date(newest.nextAt), { now, locale }) }),
      newest && t('calls.say_ask'),
      ...asked.map(({ number }) => t('calls.say_asked', { number })),
      ...messages.map((one) => t('calls.say_message', { name: one.to, said: said(one) })),
      t('calls.say_end'),
    ]
      .filter(Boolean)
      .join(' ')
  }
}

/** Read aloud in one breath; the rest is in what was sent. */
const BREATH = 240
function shortened(text: string): string {
  return text.length <= BREATH ? text : `${text.slice(0, text.lastIndexOf(' ', BREATH))}…`
}
