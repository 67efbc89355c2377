import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Due, Moment } from '#app/_i18n/moment.tsx'
import { PARIS } from '#app/_i18n/time.ts'
import { isOpen } from '#app/cases/rules/states.ts'
import { type Column, DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { Level } from '#db/schema/cases.ts'
import type { Filters, ListedCase } from './queries.ts'
import { StateTag } from './state-tag.tsx'

export const LEVEL_TONE: Record<Level, Tone> = { 1: 'n1', 2: 'n2', 3: 'n3', 4: 'n4' }

export async function CaseList({
  rows,
  filters,
  filtered,
  now,
}: {
  rows: ListedCase[]
  filters: Filters
  filtered: boolean
  now: Date
}) {
  const t = await getTranslations('my')
  const words = await getTranslations('vocabulary')
  const symptoms = await getTranslations('symptoms')
  const columns: Column<ListedCase>[] = [
    {
      key: 'reference',
      head: t('list.reference'),
      rowHead: true,
      cell: ({ reference }) => (
        <Link
          href={`/my/${reference}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center font-mono whitespace-nowrap"
        >
          {reference}
        </Link>
      ),
    },
    { key: 'state', head: t('list.state'), cell: ({ state }) => <StateTag state={state} /> },
    {
      key: 'level',
      head: t('list.level'),
      cell: ({ level }) => <Tag tone={LEVEL_TONE[level]}>{words(`levelShort.${level}`)}</Tag>,
    },
    {
      key: 'what',
      head: t('list.what'),
      cell: ({ numbers, symptom }) => (
        <>
          <strong className="tabular-nums">{numbers.join(', ')}</strong>{' '}
          <span className="text-soft">{symptoms.has(symptom) ? symptoms(symptom) : symptom}</span>
        </>
      ),
    },
    {
      key: 'where',
      head: t('list.where'),
      cell: ({ territory, organisation }) => (
        <>
          {territory}
          {filters.scope === 'territory' && organisation && (
            <span className="block text-sm text-soft">{organisation}</span>
          )}
        </>
      ),
    },
    {
      key: 'received',
      head: t('list.received'),
      cell: ({ receivedAt, timeZone }) => <Moment at={receivedAt} now={now} timeZone={timeZone ?? PARIS} />,
    },
    {
      key: 'next',
      head: t('list.next'),
      cell: ({ nextContactAt, state, timeZone }) =>
        nextContactAt && isOpen(state) ? (
          <Due at={nextContactAt} now={now} timeZone={timeZone ?? PARIS} />
        ) : (
          <span className="text-soft">–</span>
        ),
    },
  ]
  return (
    <DataTable
      caption={filters.scope === 'territory' ? t('filter.territory') : t('filter.own')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      rowProps={({ nextContactAt, state }) =>
        nextContactAt && isOpen(state) && nextContactAt < now ? { 'data-accent': 'warn' } : {}
      }
      empty={
        <EmptyState icon={filtered ? 'filter' : 'ok'} title={t(filtered ? 'empty.filtered' : 'empty.title')}>
          {!filtered && t('empty.text')}
        </EmptyState>
      }
    />
  )
}
