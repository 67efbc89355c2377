import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import type { SeenCase } from '../queries.ts'

/** The newest word of the cell, before all else: who opens the page comes for it. */
export async function CellSays({ seen, now, timeZone }: { seen: SeenCase; now: Date; timeZone: string }) {
  const word = seen.lines.find(
    ({ side, text, event }) => side !== 'reporter' && text && event !== 'case.reported',
  )
  if (!word) return null
  const t = await getTranslations('my')
  return (
    <section
      aria-labelledby="cell-says"
      className="rounded-m border-l-4 border-accent bg-accent-soft px-4 py-3"
    >
      <h2 id="cell-says" className="text-base">
        {t('case.cell_says')} <Moment at={word.at} now={now} timeZone={timeZone} />
      </h2>
      <p className="mt-1 text-lg whitespace-pre-line">{word.text}</p>
    </section>
  )
}
