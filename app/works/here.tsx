import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { momentText } from '#app/_i18n/time.ts'
import { Notice } from '#components/notice.tsx'
import { readWorksHere } from './queries.ts'

/** Works around these places at this hour, in front of whoever works a case, reads a detection or a burst; without numbers, of any. */
export async function WorksHere({
  actor,
  territories,
  numbers = [],
  folded = false,
  now,
}: {
  actor: AccountActor
  territories: readonly string[]
  numbers?: readonly string[]
  /** Only how many, until it is opened: where they are one matter among many. */
  folded?: boolean
  now: Date
}) {
  const found = await readWorksHere(actor, territories, numbers, now)
  if (found.length === 0) return null
  const [t, locale] = [await getTranslations('works'), await getLocale()]
  const title = t('here', { count: found.length })
  const list = (
    <ul className="grid gap-1">
      {found.map((one) => (
        <li key={one.id}>
          <a href="/works">{one.title}</a> · {one.operator}
          {one.numbers.length > 0 && ` · ${one.numbers.join(', ')}`} ·{' '}
          {t(one.underWay ? 'under_way' : 'around', {
            from: momentText(new Date(one.from), { now, locale }),
            to: momentText(new Date(one.to), { now, locale }),
          })}
          {one.wayBack && ` · ${t('back', { way: one.wayBack })}`}
          {one.contact && ` · ${one.contact}`}
        </li>
      ))}
    </ul>
  )
  return (
    <Notice tone="warn" title={folded ? null : title}>
      {folded ? (
        <details>
          <summary className="font-semibold coarse:min-h-11">{title}</summary>
          {list}
        </details>
      ) : (
        list
      )}
    </Notice>
  )
}
