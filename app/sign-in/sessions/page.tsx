import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { currentSessionId, requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { momentText } from '#app/_i18n/time.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Tag } from '#components/tag.tsx'
import { deviceName, type OwnSession, ownSessions } from '../queries.ts'
import { revokeAction, revokeOthersAction } from './actions.ts'
import { ChangePassphrase } from './change-passphrase.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('sessions.title') }
}

/** One's own sessions and passphrase: what each person looks after alone. */
export default async function SessionsPage() {
  const actor = await requireActor('account.own')
  const now = new Date(requestTime())
  const [sessions, own] = [await ownSessions(actor, now), await currentSessionId()]
  const t = await getTranslations('auth')
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const moment = (at: Date) => momentText(at, { now, locale })
  const device = (row: OwnSession) => deviceName(row.userAgent) ?? t('sessions.unknown_device')

  return (
    <div className="grid max-w-4xl gap-10">
      <section className="grid gap-4">
        <h1 className="text-3xl">{t('sessions.title')}</h1>
        <p className="text-soft">{t('sessions.intro')}</p>
        <DataTable
          caption={t('sessions.title')}
          rows={sessions}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'device',
              head: t('sessions.device'),
              rowHead: true,
              cell: (row) => (
                <>
                  {device(row)} {row.id === own && <Tag tone="accent">{t('sessions.this')}</Tag>}
                </>
              ),
            },
            { key: 'since', head: t('sessions.since'), cell: (row) => moment(row.createdAt) },
            { key: 'seen', head: t('sessions.seen'), cell: (row) => moment(row.lastSeenAt) },
            {
              key: 'revoke',
              head: <span className="sr-only">{t('sessions.revoke')}</span>,
              cell: (row) =>
                row.id !== own && (
                  <DoorForm action={revokeAction} name={`revoke-${row.id}`}>
                    <input type="hidden" name="sessionId" value={row.id} />
                    <Button
                      size="dense"
                      aria-label={t('sessions.revoke_named', {
                        since: moment(row.createdAt),
                        device: device(row),
                      })}
                    >
                      {t('sessions.revoke')}
                    </Button>
                  </DoorForm>
                ),
            },
          ]}
        />
        <DoorForm action={revokeOthersAction} name="revoke-others" className="grid justify-start gap-3">
          <Button>{t('sessions.revoke_others')}</Button>
        </DoorForm>
      </section>
      <ChangePassphrase />
    </div>
  )
}
