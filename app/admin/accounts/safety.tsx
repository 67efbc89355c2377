import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { deviceName } from '#app/sign-in/queries.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Handed } from '../handed.tsx'
import { renewPassphraseAction, revokeSessionsAction, setAccountActiveAction } from './actions.ts'

type Open = { id: string; createdAt: Date; lastSeenAt: Date; userAgent: string | null }

/** Where an account is signed in now; each ends alone, or all at once. */
export async function Sessions({
  account,
  now,
}: {
  account: { id: number; name: string; sessions: Open[] }
  now: Date
}) {
  const t = await getTranslations('accounts')
  const device = (row: Open) => deviceName(row.userAgent) ?? t('sessions.unknown')
  return (
    <section className="grid max-w-4xl gap-3">
      <h2 className="text-xl">{t('sessions.title')}</h2>
      <DataTable
        caption={t('sessions.title')}
        rows={account.sessions}
        rowKey={(row) => row.id}
        empty={<p className="text-soft">{t('sessions.none')}</p>}
        columns={[
          { key: 'device', head: t('sessions.device'), rowHead: true, cell: device },
          {
            key: 'since',
            head: t('sessions.since'),
            cell: (row) => <Moment at={row.createdAt} now={now} />,
          },
          { key: 'seen', head: t('sessions.seen'), cell: (row) => <Moment at={row.lastSeenAt} now={now} /> },
          {
            key: 'end',
            head: <span className="sr-only">{t('sessions.end')}</span>,
            cell: (row) => (
              <DoorForm action={revokeSessionsAction} name={`end-${row.id}`}>
                <input type="hidden" name="accountId" value={account.id} />
                <input type="hidden" name="sessionId" value={row.id} />
                <Button size="dense" aria-label={t('sessions.end_named', { device: device(row) })}>
                  {t('sessions.end')}
                </Button>
              </DoorForm>
            ),
          },
        ]}
      />
      {account.sessions.length > 1 && (
        <DoorForm action={revokeSessionsAction} name="end-all">
          <input type="hidden" name="accountId" value={account.id} />
          <Button>{t('sessions.end_all')}</Button>
        </DoorForm>
      )}
    </section>
  )
}

export async function NewPassphrase({ id }: { id: number }) {
  const t = await getTranslations('accounts')
  return (
    <section className="grid max-w-3xl gap-3">
      <h2 className="text-xl">{t('renew.title')}</h2>
      <DoorForm action={renewPassphraseAction} name="renew" className="grid gap-3">
        <input type="hidden" name="id" value={id} />
        <Handed label={t('handed.passphrase')} hint={t('handed.passphrase_hint')} />
        <p className="max-w-[65ch] text-soft">{t('renew.how')}</p>
        <div>
          <Button>{t('renew.do')}</Button>
        </div>
      </DoorForm>
    </section>
  )
}

export async function ActiveAccount({ id, active }: { id: number; active: boolean }) {
  const t = await getTranslations('accounts')
  return (
    <section className="grid max-w-3xl gap-3 border-t border-line pt-4">
      <DoorForm action={setAccountActiveAction} name="active" className="grid gap-3">
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="active" value={String(!active)} />
        <p className="max-w-[65ch] text-soft">{active ? t('put_out_how') : t('put_back_how')}</p>
        <div>
          <Button kind={active ? 'danger' : 'primary'}>{active ? t('put_out') : t('put_back')}</Button>
        </div>
      </DoorForm>
    </section>
  )
}
