import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { Timeline } from '#components/timeline.tsx'
import type { Move } from '../queries.ts'

/** What was done here and by whom, from the journal; then the site as it was before each change of the directory. */
export async function History({ history, now }: { history: NonNullable<Move['history']>; now: Date }) {
  const [t, journal] = [await getTranslations('migration'), await getTranslations('journal')]
  const words = await getTranslations('vocabulary')
  if (history.lines.length === 0 && history.versions.length === 0) return null
  return (
    <section aria-labelledby="history-title" className="grid gap-4" data-screen-only>
      <h2 id="history-title" className="text-xl">
        {t('history.title')}
      </h2>
      <Timeline
        label={t('history.title')}
        entries={history.lines.map((line) => ({
          id: line.id,
          kind: 'fact' as const,
          who: line.by,
          when: <Moment at={line.at} now={now} />,
          title: journal(
            line.event as never,
            {
              kind: '',
              to: '',
              reference: '',
              number: '',
              passed: '',
              tried: '',
              ...plain(line.data),
            } as never,
          ),
          children: line.text,
        }))}
      />
      {history.versions.length > 0 && (
        <>
          <h3 className="text-lg">{t('history.versions')}</h3>
          <ul className="grid gap-1">
            {history.versions.map(({ id, until, byName, was }) => (
              <li key={id}>
                {t('history.was', {
                  name: String(was.name),
                  access: words(`siteAccess.${was.access as 'rtc'}`),
                  operator: String(was.operator ?? '–'),
                  numbers: [was.numbers].flat().join(' · '),
                })}{' '}
                <span className="text-soft">
                  {t('history.until', { name: byName })} <Moment at={until} now={now} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function plain(data: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  )
}
