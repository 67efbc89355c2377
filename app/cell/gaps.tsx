import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import type { readRoster } from './queries.ts'

type Gap = Awaited<ReturnType<typeof readRoster>>['gaps'][number]

/** When nobody will hold a role. */
export async function Gaps({ gaps, now }: { gaps: Gap[]; now: Date }) {
  const [t, words] = [await getTranslations('cell'), await getTranslations('vocabulary')]
  const all = await getTranslations()
  return (
    <ul className={gaps.length > 1 ? 'list-disc pl-5' : undefined}>
      {gaps.map((gap) => (
        <li key={`${gap.role}${gap.from}`}>
          <strong>{t('gaps.role', { role: words(`role.${gap.role}`) })}</strong>{' '}
          <Moment at={new Date(gap.from)} now={now} /> – <Moment at={new Date(gap.to)} now={now} />
          {gap.because.map(({ name, why }) => (
            <span key={name} className="block text-sm">
              {t('gaps.because', { name, why: all(why.key as never, why.values as never) })}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}
