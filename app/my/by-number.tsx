import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Tag } from '#components/tag.tsx'
import { LEVEL_TONE } from './case-list.tsx'
import { readByNumber } from './queries.ts'

/** The territory at a glance: each number that fails, the worst first; a press filters the list beneath. */
export async function ByNumber({ actor, now }: { actor: AccountActor; now: Date }) {
  const numbers = await readByNumber(actor, now)
  const t = await getTranslations('my')
  const words = await getTranslations('vocabulary')
  return (
    <section aria-labelledby="by-number" className="mt-4">
      <h2 id="by-number" className="text-xl">
        {t('numbers.title')}
      </h2>
      {numbers.length === 0 && <p className="mt-1">{t('numbers.none')}</p>}
      <ul className="mt-2 grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {numbers.map(({ number, open, late, level, since, places }) => (
          <li key={number}>
            <Link
              href={`/my?standing=open&number=${number}`}
              prefetch={false}
              className={`flex h-full flex-wrap items-baseline gap-x-3 gap-y-1 rounded-m border bg-raised px-3 py-2 text-ink no-underline hover:bg-hover ${late > 0 ? 'border-2 border-warn' : 'border-edge'}`}
            >
              <strong className="text-3xl tabular-nums">{number}</strong>
              <Tag tone={LEVEL_TONE[level]}>{words(`levelShort.${level}`)}</Tag>
              <span className="basis-full">
                {t('numbers.open', { open, places })}
                {late > 0 && <strong className="block">{t('numbers.late', { late })}</strong>}
                <span className="block text-sm text-soft">
                  {t('numbers.since')} <Moment at={new Date(since)} now={now} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
