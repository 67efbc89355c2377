import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { readPushKey, readQuiet } from '#app/notifications/queries.ts'
import { Button } from '#components/button.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Pagination } from '#components/pagination.tsx'
import { markReadAction } from './actions.ts'
import { Choice } from './choice.tsx'
import { Message } from './message.tsx'
import { PushButton } from './push-button.tsx'
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
  const actor = await requireActor('inbox.read')
  const now = new Date(requestTime())
  const after = readInboxPlace((await searchParams).after)
  const [{ messages, next }, unread] = [await readInbox(actor, after), await countUnread(actor)]
  const [quiet, push] = [await readQuiet(actor), await readPushKey(actor)]
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
        {messages.map((message) => (
          <Message key={message.id} message={message} actor={actor} now={now} />
        ))}
      </ol>
      {push && (
        <ClientWords of={['outside']}>
          <PushButton publicKey={push} />
        </ClientWords>
      )}
      <Choice actor={actor} quiet={quiet} />
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
