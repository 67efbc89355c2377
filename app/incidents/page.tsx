import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { CELL_ROLES } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { durationBetween } from '#app/_i18n/time.ts'
import { Live } from '#app/_live/live-status.tsx'
import { type Column, DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { LevelTag } from './_parts/marks.tsx'
import { ProposalTable } from './_parts/proposal-table.tsx'
import { type IncidentLine, readIncidents } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('incidents'))('title') }
}

/** Open incidents by level and age, then those that are over. */
export default async function IncidentsPage() {
  const actor = await requireActor(CELL_ROLES)
  const now = new Date(requestTime())
  const { open, closed, proposals } = await readIncidents(actor, now)
  const [t, causes, locale] = [
    await getTranslations('incidents'),
    await getTranslations('causes'),
    await getLocale(),
  ]
  const common: Column<IncidentLine>[] = [
    {
      key: 'incident',
      head: t('column.incident'),
      rowHead: true,
      cell: (one) => (
        <a href={`/incidents/${one.reference}`} className="whitespace-nowrap tabular-nums">
          {one.reference}
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
  return (
    <div className="grid gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases="all" events={['incident.', 'proposal.']} />
      </div>
      <DataTable
        caption={t('open')}
        showCaption
        rows={open}
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
      <section className="grid gap-3" id="proposals">
        <h2 className="text-xl">{t('proposals')}</h2>
        <p className="text-soft">{t('proposals_recent')}</p>
        <ProposalTable
          proposals={proposals}
          actor={actor}
          incidents={open.map((one) => ({
            reference: one.reference,
            label: `${one.reference} · N${one.level}`,
          }))}
          now={now}
        />
      </section>
      <DataTable
        caption={t('closed')}
        showCaption
        rows={closed}
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
    </div>
  )
}

const NAMED = 8

function named(codes: string[]): string {
  const rest = codes.length - NAMED
  return rest > 0 ? `${codes.slice(0, NAMED).join(', ')} + ${rest}` : codes.join(', ') || '–'
}
