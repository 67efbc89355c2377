import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { type Column, DataTable } from '#components/data-table.tsx'
import { Badge } from '#components/tag.tsx'
import type { SeenCase } from '../queries.ts'

/** n passed of m tried, from which network, by whom. */
export async function CaseTests({
  seen: { tests },
  now,
  timeZone,
}: {
  seen: SeenCase
  now: Date
  timeZone: string
}) {
  const t = await getTranslations('my')
  const words = await getTranslations('vocabulary')
  const columns: Column<SeenCase['tests'][number]>[] = [
    {
      key: 'result',
      head: t('test.result'),
      cell: ({ passed, tried }) => (
        <Badge icon={passed === tried ? 'ok' : 'danger'} tone={passed === tried ? 'ok' : 'danger'}>
          {t('test.value', { passed, tried })}
        </Badge>
      ),
    },
    {
      key: 'network',
      head: t('test.network'),
      cell: ({ technology, operator }) =>
        [technology && words(`technology.${technology as 'unknown'}`), operator].filter(Boolean).join(', ') ||
        '–',
    },
    {
      key: 'by',
      head: t('test.by'),
      cell: ({ side, purpose }) => (
        <>
          {t(`test.${side}`)} <span className="text-sm text-soft">({t(`test.purpose.${purpose}`)})</span>
        </>
      ),
    },
    {
      key: 'at',
      head: t('test.at'),
      cell: ({ at, windowMin }) => (
        <>
          <Moment at={at} now={now} timeZone={timeZone} />
          {windowMin !== null && (
            <span className="text-sm text-soft"> ({t('test.minutes', { n: windowMin })})</span>
          )}
        </>
      ),
    },
  ]
  return (
    <section>
      <DataTable
        caption={t('case.tests')}
        showCaption
        columns={columns}
        rows={tests}
        rowKey={({ id }) => id}
        empty={
          <>
            <h2 className="text-lg">{t('case.tests')}</h2>
            <p className="text-soft">{t('case.tests_none')}</p>
          </>
        }
      />
    </section>
  )
}
