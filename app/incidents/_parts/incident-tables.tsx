import { getLocale, getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { durationBetween } from '#app/_i18n/time.ts'
import { type Column, DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import type { IncidentLine } from '../queries.ts'
import { LevelTag } from './marks.tsx'

type Props = { incidents: IncidentLine[]; now: Date }

/** By level and age: what goes on. */
export async function OpenIncidents({ incidents, now }: Props) {
  const [t, locale] = [await getTranslations('incidents'), await getLocale()]
  const { common, facts } = await columns(now)
  return (
    <DataTable
      caption={t('open')}
      showCaption
      rows={incidents}
      rowKey={(one) => one.reference}
      rowProps={(one) => ({ 'data-accent': one.level === 4 ? 'n4' : undefined })}
      empty={
        <EmptyState icon="ok" title={t('none')}>
          {t('none_text')}
        </EmptyState>
      }
      columns={[
        ...common,
        {
          key: 'age',
          head: t('column.age'),
          cell: (one) => durationBetween(new Date(one.openedAt), now, locale),
        },
        {
          key: 'cases',
          head: t('column.cases'),
          cell: (one) => t('of', { open: one.open, all: one.cases }),
        },
        { key: 'residual', head: t('column.residual'), numeric: true, cell: (one) => one.residual },
        ...facts,
      ]}
    />
  )
}

/** What is over, and why it happened. */
export async function ClosedIncidents({ incidents, now }: Props) {
  const [t, causes] = [await getTranslations('incidents'), await getTranslations('causes')]
  const { common, facts } = await columns(now)
  return (
    <DataTable
      caption={t('closed')}
      showCaption
      rows={incidents}
      rowKey={(one) => one.reference}
      empty={<EmptyState title={t('none_closed')} />}
      columns={[
        ...common,
        {
          key: 'closed',
          head: t('column.closed'),
          cell: (one) => one.closedAt && <Moment at={new Date(one.closedAt)} now={now} />,
        },
        {
          key: 'cause',
          head: t('column.cause'),
          cell: (one) =>
            one.cause && causes.has(one.cause as never) ? causes(one.cause as never) : t('cause_unknown'),
        },
        {
          key: 'left',
          head: t('column.cases'),
          cell: (one) => t('of', { open: one.open, all: one.cases }),
        },
        ...facts,
      ]}
    />
  )
}

async function columns(now: Date) {
  const t = await getTranslations('incidents')
  const common: Column<IncidentLine>[] = [
    {
      key: 'incident',
      head: t('column.incident'),
      rowHead: true,
      cell: (one) => (
        <a href={`/incidents/${one.reference}`}>
          <span className="whitespace-nowrap tabular-nums">{one.reference}</span>
          {one.title && <span className="block font-normal">{one.title}</span>}
        </a>
      ),
    },
    { key: 'level', head: t('column.level'), cell: (one) => <LevelTag level={one.level} /> },
    { key: 'state', head: t('column.state'), cell: (one) => t(`state.${one.state}`) },
    {
      key: 'opened',
      head: t('column.opened'),
      cell: (one) => <Moment at={new Date(one.openedAt)} now={now} />,
    },
  ]
  const facts: Column<IncidentLine>[] = [
    { key: 'numbers', head: t('column.numbers'), cell: (one) => one.numbers.join(', ') || '–' },
    { key: 'territories', head: t('column.territories'), cell: (one) => named(one.territories) },
  ]
  return { common, facts }
}

const NAMED = 8

function named(codes: string[]): string {
  const rest = codes.length - NAMED
  return rest > 0 ? `${codes.slice(0, NAMED).join(', ')} + ${rest}` : codes.join(', ') || '–'
}
