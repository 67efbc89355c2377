import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { Actor } from '#app/_auth/actor.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
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
      <ul className="mt-1 grid gap-1">
        {waiting.map(({ id, name, organisation, at, phones }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3">
            <Link
              href={`/admin/accounts/${id}`}
              prefetch={false}
              className="inline-flex min-h-11 items-center"
            >
              {[name, organisation].filter(Boolean).join(', ')}
            </Link>
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
        ))}
      </ul>
    </Notice>
  )
}
