import { getLocale, getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { whenText } from '#app/_i18n/time.ts'
import { CaseTimeline } from '#app/cases/_parts/case-timeline.tsx'
import type { TimelineEntry } from '#components/timeline.tsx'
import type { SeenCase } from '../queries.ts'

/** What was done, the newest first. Public lines only: the others never left the database. */
export async function ReportersTimeline({
  seen,
  now,
  timeZone,
}: {
  seen: SeenCase
  now: Date
  timeZone: string
}) {
  const t = await getTranslations('my')
  const locale = await getLocale()
  const entries = seen.lines.map((line): TimelineEntry => {
    const { passed, tried, nextContactAt, from, to, what } = line.data
    const tests =
      typeof passed === 'number' && typeof tried === 'number' && tried > 0
        ? t('test.value', { passed, tried })
        : null
    const promise =
      typeof nextContactAt === 'string'
        ? t('event.next', { time: whenText(new Date(nextContactAt), { now, locale, timeZone }) })
        : null
    const said = [line.text, tests, promise].filter(Boolean).join('\n')
    const fromCell = line.side !== 'reporter'
    return {
      id: line.id,
      kind: line.text && line.event !== 'case.reported' ? 'public' : 'fact',
      audience: fromCell ? t('audience.cell') : t('audience.reporter'),
      icon: fromCell ? 'megaphone' : 'person',
      // The cell speaks with one voice: who sat there is the cell's own matter.
      who: line.side === 'reporter' ? line.who : t(`who.${line.side}`),
      when: <Moment at={line.at} now={now} timeZone={timeZone} />,
      title: title(line.event, from, to, what),
      children: said || null,
    }
  })
  return <CaseTimeline title={t('case.timeline')} entries={entries} />

  function title(event: string, from: unknown, to: unknown, what: unknown): string {
    if (event === 'case.level_changed' && typeof from === 'number' && typeof to === 'number')
      return t('event.case.level_from_to', { from, to })
    if (event === 'case.main_moved') return t('event.case.main_moved', { what: String(what) })
    const key = `event.${event}`
    return t.has(key as never) ? t(key as never) : t('event.other')
  }
}
