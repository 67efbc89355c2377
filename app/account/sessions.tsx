import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { currentSessionId } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { momentText } from '#app/_i18n/time.ts'
import { deviceName, type OwnSession, ownSessions } from '#app/sign-in/queries.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Tag } from '#components/tag.tsx'
import { revokeAction, revokeOthersAction } from './actions.ts'

/** Where one is signed in: on which device, from which network, by what; each is ended from any other. */
export async function Sessions({ actor, now }: { actor: AccountActor; now: Date }) {
  const [sessions, own] = [await ownSessions(actor, now), await currentSessionId()]
  const t = await getTranslations('auth')
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const moment = (at: Date) => momentText(at, { now, locale })
  const device = (row: OwnSession) => deviceName(row.userAgent) ?? t('sessions.unknown_device')

  return (
    <section id="sessions" aria-labelledby="sessions-title" className="grid gap-4">
      <h2 id="sessions-title" className="text-xl">
        {t('sessions.title')}
      </h2>
      <p className="max-w-[65ch] text-soft">{t('sessions.intro')}</p>
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
          {
            key: 'place',
            head: t('sessions.place'),
            cell: (row) => row.place ?? t('sessions.place_unknown'),
          },
          { key: 'method', head: t('sessions.method'), cell: (row) => t(`sessions.methods.${row.method}`) },
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
  )
}
