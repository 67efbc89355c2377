import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { isCell } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { marked } from '#app/drills/rules/marker.ts'
import { Button } from '#components/button.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Pagination } from '#components/pagination.tsx'
import { Tag } from '#components/tag.tsx'
import { markReadAction } from './actions.ts'
import { countUnread, readInbox, readInboxPlace, UNREAD_CAP } from './query.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('inbox')
  return { title: t('page.title') }
}

/** What concerns the person who is signed in: unread first. */
export default async function InboxPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requireActor()
  const now = new Date(requestTime())
  const after = readInboxPlace((await searchParams).after)
  const [{ messages, next }, unread] = [await readInbox(actor, after), await countUnread(actor)]
  const t = await getTranslations('inbox')
  return (
    <div className="mx-auto grid max-w-4xl gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h1 className="text-2xl">{t('page.title')}</h1>
        <Live cases={[]} events={['inbox']} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>
          {unread > UNREAD_CAP
            ? t('page.unread_many', { count: UNREAD_CAP })
            : t('page.unread', { count: unread })}
        </p>
        {unread > 1 && (
          <DoorForm action={markReadAction} name="read-all">
            <Button>{t('page.mark_all')}</Button>
          </DoorForm>
        )}
      </div>
      {messages.length === 0 && (
        <EmptyState icon="ok" title={t('page.empty')}>
          {t('page.empty_text')}
        </EmptyState>
      )}
      <ol aria-label={t('page.list')} className="grid gap-2">
        {messages.map((message) => {
          const href = wayTo(message, isCell(actor))
          const said = t.has(message.kind as 'case_updated')
            ? t(message.kind as 'case_updated', wordsOf(message.data) as never)
            : t('page.unknown')
          const text = marked(said, actor.exerciseId)
          return (
            <li
              key={message.id}
              className={`flex flex-wrap items-center gap-x-4 gap-y-1 rounded-m border px-3 py-2 ${
                message.readAt ? 'border-line' : 'border-l-[6px] border-accent bg-raised'
              }`}
            >
              <div className="min-w-0 grow basis-72">
                <p className={`whitespace-pre-line ${message.readAt ? '' : 'font-bold'}`}>
                  {!message.readAt && <Tag tone="accent">{t('page.new')}</Tag>}{' '}
                  {href ? <a href={href}>{text}</a> : text}
                </p>
                <p className="text-sm text-soft">
                  <Moment at={message.createdAt} now={now} />
                </p>
              </div>
              {!message.readAt && (
                <DoorForm action={markReadAction} name={`read-${message.id}`}>
                  <input type="hidden" name="id" value={message.id} />
                  <Button kind="quiet" size="dense">
                    {t('page.mark_read')}
                  </Button>
                </DoorForm>
              )}
            </li>
          )
        })}
      </ol>
      <Pagination
        label={t('page.pages')}
        previous={after ? '/inbox' : null}
        next={next ? `/inbox?after=${next}` : null}
        previousLabel={t('page.first')}
        nextLabel={t('page.older')}
      />
    </div>
  )
}

/** Older messages may lack a value that the sentence names today. */
function wordsOf(data: Record<string, string | number>) {
  return { reference: '', level: '', organisation: '', by: '', incident: '', ...data }
}

function wayTo(
  message: { kind: string; reference: string | null; data: Record<string, string | number> },
  cell: boolean,
): string | null {
  if (message.reference) return `${cell ? '/cases' : '/my'}/${message.reference}`
  if (!cell) return null
  if (message.data.incident) return `/incidents/${message.data.incident}`
  return '/cell'
}
