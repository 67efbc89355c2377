import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { type Actor, may } from '#app/_auth/actor.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
import { DropPanel } from '#components/drop-panel.tsx'
import { Icon } from '#components/icon.tsx'
import { Notice } from '#components/notice.tsx'
import { readForgotten } from './queries.ts'

/** Calls to make: at the number of the directory, which proves who answers; then a new passphrase on the page of the account. */
export async function ForgottenPassphrases({ actor, now }: { actor: Actor; now: Date }) {
  const waiting = await readForgotten(actor, now)
  if (waiting.length === 0) return null
  const t = await getTranslations('accounts')
  return (
    <Notice tone="warn" title={t('forgotten.title', { count: waiting.length })}>
      <p>{t('forgotten.how')}</p>
      <Waiting waiting={waiting} keeps={may(actor, 'accounts.keep')} now={now} />
    </Notice>
  )
}

/** The same on the page of the queue, for the night: the room calls, an administrator gives the passphrase. */
export async function ForgottenButton({ actor, now }: { actor: Actor; now: Date }) {
  const waiting = await readForgotten(actor, now)
  if (waiting.length === 0) return null
  const t = await getTranslations('accounts')
  const keeps = may(actor, 'accounts.keep')
  return (
    <DropPanel
      look="border-edge bg-raised text-accent"
      label={
        <>
          <Icon name="lock" />
          {t('forgotten.to_make', { count: waiting.length })}
        </>
      }
    >
      <div className="p-2 sm:p-3">
        <p>{t(keeps ? 'forgotten.how' : 'forgotten.how_room')}</p>
        <Waiting waiting={waiting} keeps={keeps} now={now} />
      </div>
    </DropPanel>
  )
}

async function Waiting({
  waiting,
  keeps,
  now,
}: {
  waiting: Awaited<ReturnType<typeof readForgotten>>
  keeps: boolean
  now: Date
}) {
  const t = await getTranslations('accounts')
  return (
    <ul className="mt-1 grid gap-1">
      {waiting.map(({ id, name, organisation, at, phones }) => {
        const who = [name, organisation].filter(Boolean).join(', ')
        return (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3">
            {keeps ? (
              <Link
                href={`/admin/accounts/${id}`}
                prefetch={false}
                className="inline-flex min-h-11 items-center"
              >
                {who}
              </Link>
            ) : (
              <b className="inline-flex min-h-11 items-center">{who}</b>
            )}
            <span className="text-soft">
              <Moment at={new Date(at)} now={now} />
            </span>
            {phones.map((phone) => (
              <a key={phone} href={`tel:${phone}`} className="font-bold whitespace-nowrap">
                {showPhone(phone)}
              </a>
            ))}
            {phones.length === 0 && <span>{t('forgotten.no_number')}</span>}
          </li>
        )
      })}
    </ul>
  )
}
