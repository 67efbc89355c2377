import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormSelect } from '#app/_doors/fields.tsx'
import { Colon } from '#app/_i18n/colon.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { deviceName } from '#app/sign-in/queries.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import type { Role } from '#db/schema/account.ts'
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

type Held = {
  open: { id: number; reference: string; level: number }[]
  shifts: { id: number; role: string; fromAt: Date; toAt: Date }[]
}

/** Out of use or back. What the person has in hand is shown first, and handed over with it. */
export async function ActiveAccount({
  account: { id, active, held, takers },
  now,
}: {
  account: {
    id: number
    active: boolean
    held: Held | null
    takers: { id: number; name: string; role: Role }[]
  }
  now: Date
}) {
  const [t, words] = [await getTranslations('accounts'), await getTranslations('vocabulary')]
  const inHand = active && held && held.open.length + held.shifts.length > 0
  return (
    <section className="grid max-w-3xl gap-3 border-t border-line pt-4">
      <DoorForm action={setAccountActiveAction} name="active" className="grid gap-3">
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="active" value={String(!active)} />
        <p className="max-w-[65ch] text-soft">{active ? t('put_out_how') : t('put_back_how')}</p>
        {inHand && (
          <>
            <InHand held={held} now={now} />
            <FormSelect
              name="handTo"
              label={t('hand.to')}
              hint={t('hand.how')}
              empty={t('hand.team')}
              options={takers.map((one) => ({
                value: String(one.id),
                label: `${one.name} · ${words(`role.${one.role}`)}`,
              }))}
            />
          </>
        )}
        <div>
          <Button kind={active ? 'danger' : 'primary'}>{active ? t('put_out') : t('put_back')}</Button>
        </div>
      </DoorForm>
    </section>
  )
}

/** So many are named; the rest is counted. */
const NAMED = 12

async function InHand({ held: { open, shifts }, now }: { held: Held; now: Date }) {
  const [t, words] = [await getTranslations('accounts'), await getTranslations('vocabulary')]
  return (
    <div className="grid gap-2 rounded-m border border-line p-3">
      {open.length > 0 && (
        <div>
          <p className="font-semibold">{t('hand.cases', { count: open.length })}</p>
          <ul className="flex flex-wrap gap-x-4">
            {open.slice(0, NAMED).map(({ id, reference, level }) => (
              <li key={id} className="whitespace-nowrap">
                <a href={`/cases/${reference}`}>{reference}</a> N{level}
              </li>
            ))}
            {open.length > NAMED && <li>{t('hand.more', { count: open.length - NAMED })}</li>}
          </ul>
        </div>
      )}
      {shifts.length > 0 && (
        <div>
          <p className="font-semibold">{t('hand.shifts', { count: shifts.length })}</p>
          <ul>
            {shifts.slice(0, NAMED).map(({ id, role, fromAt, toAt }) => (
              <li key={id}>
                {words(`role.${role as Role}`)}
                <Colon />
                <Moment at={fromAt} now={now} /> – <Moment at={toAt} now={now} />
              </li>
            ))}
            {shifts.length > NAMED && <li>{t('hand.more', { count: shifts.length - NAMED })}</li>}
          </ul>
        </div>
      )}
    </div>
  )
}
