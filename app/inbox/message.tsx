import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { AccountActor } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { marked } from '#app/exercises/rules/marker.ts'
import { wayTo } from '#app/notifications/rules/way-to.ts'
import { valuesOf } from '#app/notifications/values.ts'
import { Button } from '#components/button.tsx'
import { Tag } from '#components/tag.tsx'
import { markReadAction } from './actions.ts'
import type { Grouped } from './query.ts'

/** What is told of one thing, the newest fact first; where it leads, and whether it was read. */
export async function Message({ message, actor, now }: { message: Grouped; actor: AccountActor; now: Date }) {
  const t = await getTranslations('inbox')
  const say = await sentences(actor, now)
  const href = wayTo(message, actor.role)
  const text = say(message)
  return (
    <li
      className={`flex flex-wrap items-center gap-x-4 gap-y-1 rounded-m border px-3 py-2 ${
        message.read ? 'border-line' : 'border-l-[6px] border-accent bg-raised'
      }`}
    >
      <div className="min-w-0 grow basis-72">
        <p className={`whitespace-pre-line ${message.read ? '' : 'font-bold'}`}>
          {!message.read && <Tag tone="accent">{t('page.new')}</Tag>}{' '}
          {href ? <a href={href}>{unbroken(text)}</a> : unbroken(text)}
        </p>
        <p className="text-sm text-soft">
          <Moment at={message.createdAt} now={now} />
        </p>
        {message.earlier.length > 0 && (
          <details>
            <summary className="inline-flex min-h-9 items-center text-sm text-accent coarse:min-h-11">
              {t('page.earlier', { count: message.earlier.length })}
            </summary>
            <ul className="grid gap-1 border-l-2 border-line pl-3 text-sm">
              {message.earlier.map((one) => (
                <li key={one.id} className={one.read ? 'text-soft' : 'font-semibold'}>
                  <Moment at={one.createdAt} now={now} /> · {unbroken(say(one))}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {!message.read && (
        <DoorForm action={markReadAction} name={`read-${message.id}`}>
          <input type="hidden" name="id" value={message.id} />
          <Button kind="quiet" size="dense">
            {t('page.mark_read')}
          </Button>
        </DoorForm>
      )}
    </li>
  )
}

type Told = Pick<Grouped, 'kind' | 'data'>

/** What a message says, in its reader's language. */
export async function sentences(actor: AccountActor, now: Date): Promise<(message: Told) => string> {
  const [t, locale] = [await getTranslations('inbox'), await getLocale()]
  return ({ kind, data }) => {
    const key = kind as 'case_updated'
    return marked(
      t.has(key) ? t(key, valuesOf(data, now, locale) as never) : t('page.unknown'),
      actor.exerciseId,
    )
  }
}

/** The number of a case is read in one piece. */
function unbroken(text: string): ReactNode[] {
  const parts: ReactNode[] = []
  let from = 0
  for (const { 0: number, index } of text.matchAll(/(?:EX-)?\d{4}-\d{6}-\d/g)) {
    parts.push(
      text.slice(from, index),
      <span key={index} className="whitespace-nowrap">
        {number}
      </span>,
    )
    from = index + number.length
  }
  return [...parts, text.slice(from)]
}
