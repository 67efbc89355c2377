import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { MACHINES } from '#app/_journal/machines.ts'
import { Timeline } from '#components/timeline.tsx'
import { INCIDENT_STATES } from '#db/schema/incidents.ts'
import { type IncidentPage, JOURNAL_SHOWN, type JournalRow } from '../queries.ts'

/** The journal of the incident, newest first. */
export async function IncidentTimeline({ page, now }: { page: IncidentPage; now: Date }) {
  const [t, journal] = [await getTranslations('incidents'), await getTranslations('journal')]
  const title = ({ event, data }: JournalRow) => {
    const key = `event.${event}` as 'event.incident.opened'
    if (!t.has(key)) return journal.has(event as never) ? journal(event as never) : event
    return t(
      key,
      worded(
        data,
        (state) => t(`state.${state}` as 'state.closed'),
        (rule) => {
          const name = `proposal.rules.${rule}` as 'proposal.rules.R0'
          return t.has(name) ? t(name) : rule
        },
      ),
    )
  }
  return (
    <section className="grid gap-3" aria-labelledby="timeline">
      <h2 id="timeline" className="text-xl">
        {t('page.timeline')}
      </h2>
      <Timeline
        label={t('page.timeline')}
        entries={page.journal.map((line) => ({
          id: line.id,
          kind: 'fact',
          who: MACHINES.has(line.who) ? t('page.machine') : line.who,
          when: <Moment at={new Date(line.at)} now={now} />,
          title: title(line),
          children: line.text,
        }))}
      />
      {page.journal.length >= JOURNAL_SHOWN && (
        <p className="text-soft">{t('page.timeline_cut', { count: JOURNAL_SHOWN })}</p>
      )}
    </section>
  )
}

/** What the words of an event may name: figures and texts as they are, states and rules in words, what is missing as a dash. */
function worded(
  data: Record<string, unknown>,
  state: (code: string) => string,
  rule: (code: string) => string,
): Record<string, string | number> {
  const said = Object.entries(data).flatMap(([name, value]) => {
    if (typeof value === 'number') return [[name, value]]
    if (typeof value !== 'string') return []
    if (name === 'rule') return [[name, rule(value)]]
    return [[name, (INCIDENT_STATES as readonly string[]).includes(value) ? state(value) : value]]
  })
  return { ...BLANK, ...Object.fromEntries(said) }
}

const BLANK = {
  from: '–',
  to: '–',
  reference: '–',
  references: '–',
  rule: '–',
  number: '–',
  told: 0,
  recipients: 0,
}
