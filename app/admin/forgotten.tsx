import { sql } from 'drizzle-orm'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { Actor } from '#app/_auth/actor.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { inReality } from '#app/directory/queries.ts'
import { showPhone } from '#app/directory/rules/phone.ts'
import { Notice } from '#components/notice.tsx'

type Waiting = { id: number; name: string; organisation: string | null; at: string; phones: string[] }

/** Who asked for a passphrase and was given none since; older than two weeks, he has found another way. */
const SHOWN_DAYS = 14

function readWaiting(actor: Actor, now: Date): Promise<Waiting[]> {
  const since = new Date(now.getTime() - SHOWN_DAYS * 24 * 3_600_000).toISOString()
  return inReality(actor, async (tx) => [
    ...(await tx.execute<Waiting>(sql`select a.id::int, a.name, o.name as organisation, f.at,
        array(select c.phone from contact c where c.organisation_id = a.organisation_id and c.call_back and c.active
          and c.phone is not null order by c.name limit 3) as phones
      from (select chain, max(id) as id, max(at) as at from journal
          where event = 'account.passphrase_forgotten' and at > ${since}::timestamptz group by chain) f
        join account a on f.chain = 'account:' || a.id left join organisation o on o.id = a.organisation_id
      where a.active and not exists (select from journal s where s.chain = f.chain and s.id > f.id
        and s.event in ('account.passphrase_set', 'account.signed_in'))
      order by f.at limit 50`)),
  ])
}

/** Calls to make: at the number of the directory, which proves who answers; then a new passphrase on the page of the account. */
export async function ForgottenPassphrases({ actor, now }: { actor: Actor; now: Date }) {
  const waiting = await readWaiting(actor, now)
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
