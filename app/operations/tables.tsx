import { getLocale, getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import type { Figures, Task } from './rules/findings.ts'

/** What the worker has before it, by name. */
export async function Tasks({ tasks, now }: { tasks: Task[]; now: Date }) {
  const t = await getTranslations('operations')
  const name = await taskName()
  return (
    <DataTable
      caption={t('tasks.title')}
      showCaption
      rows={tasks}
      rowKey={(row) => row.task}
      rowProps={(row) => (row.failed > 0 ? { 'data-accent': 'danger' } : {})}
      empty={
        <section className="grid gap-2">
          <h2 className="text-lg">{t('tasks.title')}</h2>
          <p className="text-soft">{t('tasks.none')}</p>
        </section>
      }
      columns={[
        { key: 'task', head: t('tasks.name'), rowHead: true, cell: (row) => name(row.task) },
        { key: 'waiting', head: t('tasks.waiting'), numeric: true, cell: (row) => row.waiting },
        { key: 'planned', head: t('tasks.planned'), numeric: true, cell: (row) => row.planned },
        { key: 'retrying', head: t('tasks.retrying'), numeric: true, cell: (row) => row.retrying },
        { key: 'failed', head: t('tasks.failed'), numeric: true, cell: (row) => row.failed },
        {
          key: 'oldest',
          head: t('tasks.oldest'),
          cell: (row) => (row.oldestAt ? <Moment at={new Date(row.oldestAt)} now={now} /> : '–'),
        },
      ]}
    />
  )
}

export async function Facts({ figures, now }: { figures: Figures; now: Date }) {
  const t = await getTranslations('operations')
  const { bytes, connections, connectionsMax, archivedAt, proof, lines, chains, checkpoint, aheadS } = figures
  const format = new Intl.NumberFormat(await getLocale(), {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 0,
  })
  return (
    <section className="grid max-w-3xl gap-2">
      <h2 className="text-lg">{t('facts.title')}</h2>
      <DescriptionList
        items={[
          { term: t('facts.size'), value: format.format(bytes / 1_000_000) },
          {
            term: t('facts.connections'),
            value: t('facts.connections_of', { n: connections, max: connectionsMax }),
          },
          {
            term: t('facts.archived'),
            value: archivedAt ? <Moment at={new Date(archivedAt)} now={now} /> : t('facts.archived_never'),
          },
          {
            term: t('facts.proof'),
            value: proof
              ? t('facts.proof_of', { lines, chains, proved: proof.lines })
              : t('facts.proof_none', { lines, chains }),
          },
          {
            term: t('facts.checkpoint'),
            value: checkpoint ? (
              <>
                {t('facts.checkpoint_of', { n: checkpoint.n, lines: checkpoint.lines })}{' '}
                <Moment at={new Date(checkpoint.at)} now={now} />
                <span className="block text-sm text-soft">{t('facts.key', { key: checkpoint.key })}</span>
              </>
            ) : (
              t('facts.checkpoint_none')
            ),
          },
          {
            term: t('facts.clocks'),
            value: t(aheadS >= 0 ? 'facts.ahead' : 'facts.behind', {
              seconds: Math.abs(Math.round(aheadS * 10) / 10),
            }),
          },
        ]}
      />
    </section>
  )
}

const KNOWN = ['react', 'correlate'] as const

export async function taskName(): Promise<(task: string) => string> {
  const t = await getTranslations('operations')
  return (task) => {
    const known = KNOWN.find((one) => one === task)
    return known ? t(`tasks.${known}`) : t('tasks.other', { name: task })
  }
}
