import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { atText } from '#app/_i18n/time.ts'
import { readNeighbourhood } from '#app/cases/neighbourhood.ts'
import { isOpen } from '#app/cases/rules/states.ts'
import type { SeenCase } from '../queries.ts'

/** "Is it only us?": for those who may know, in counts; nobody is named. */
export async function Neighbours({
  actor,
  seen: { row, territory },
  now,
  timeZone,
}: {
  actor: AccountActor
  seen: SeenCase
  now: Date
  timeZone: string
}) {
  if (!isOpen(row.state) || row.numbers.length === 0) return null
  const found = await readNeighbourhood(actor, row.territoryCode, row.numbers)
  if (!found) return null
  const [t, locale] = [await getTranslations('my.neighbours'), await getLocale()]
  return (
    <section aria-labelledby="neighbours">
      <h2 id="neighbours" className="text-base">
        {t('title')}
      </h2>
      <ul className="mt-1 list-disc pl-5">
        {found.map(({ number, centres, since, places }) => (
          <li key={number}>
            <strong className="tabular-nums">{number}</strong>{' '}
            {t('here', { centres, place: territory ?? row.territoryCode })}
            {since && ` ${t('since', { time: atText(new Date(since), { now, locale, timeZone }) })}`}
            {places > 0 && ` ${t('elsewhere', { places })}`}
          </li>
        ))}
      </ul>
    </section>
  )
}
