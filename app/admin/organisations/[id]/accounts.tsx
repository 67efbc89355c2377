import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { LinkButton } from '#components/button.tsx'
import { Tag } from '#components/tag.tsx'
import { accountsOf, isStrongAskedOf } from '../../queries.ts'
import { StrongForm } from '../strong-form.tsx'

/** Who signs in for this organisation; without anybody it reports by telephone alone. */
export async function Accounts({ organisation }: { organisation: { id: number; active: boolean } }) {
  const actor = await requireActor('accounts.keep')
  const accounts = await accountsOf(actor, organisation.id)
  const t = await getTranslations('accounts')
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 className="text-xl">{t('title')}</h2>
        {organisation.active && (
          <LinkButton size="dense" icon="plus" href={`/admin/accounts/new?organisation=${organisation.id}`}>
            {t('new')}
          </LinkButton>
        )}
      </div>
      {accounts.length === 0 ? (
        <p className="text-soft">{t('none_here')}</p>
      ) : (
        <ul className="grid gap-1">
          {accounts.map((one) => (
            <li key={one.id} className="flex flex-wrap items-baseline gap-x-3">
              <Link
                href={`/admin/accounts/${one.id}`}
                prefetch={false}
                className="inline-flex min-h-11 items-center"
              >
                {one.name}
              </Link>
              <span className="text-soft">{one.email}</span>
              {!one.active && <Tag tone="warn">{t('out')}</Tag>}
            </li>
          ))}
        </ul>
      )}
      <StrongForm id={organisation.id} asked={await isStrongAskedOf(actor, organisation.id)} />
    </section>
  )
}
