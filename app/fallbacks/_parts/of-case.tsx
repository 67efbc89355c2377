import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { fallbacksOfCase } from '../queries.ts'
import { FallbackTag } from './tag.tsx'

/** The fallback numbers of the register that stand in for what a case is about. */
export async function FallbacksOfCase({
  actor,
  of,
  now,
}: {
  actor: AccountActor
  of: { numbers: readonly string[]; territoryCode: string }
  now: Date
}) {
  const all = await fallbacksOfCase(actor, of, now)
  if (all.length === 0) return null
  const t = await getTranslations('fallbacks')
  return (
    <section aria-labelledby="fallbacks" className="grid gap-2">
      <h2 id="fallbacks" className="text-lg">
        {t('title')}
      </h2>
      <ul className="grid gap-1">
        {all.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3">
            <Link href={`/fallbacks/${one.id}`} prefetch={false}>
              {t('of', { number: one.covers, territory: one.territory })}
            </Link>
            <FallbackTag standing={one.standing} />
            <span className="text-soft">
              {t('calls_at_once', { count: one.capacity })}
              {one.endsAt && (
                <>
                  {' · '}
                  {t('ends')} <Moment at={one.endsAt} now={now} place={one.territoryCode} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
