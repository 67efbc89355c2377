import { getLocale, getTranslations } from 'next-intl/server'
import { durationBetween } from '#app/_i18n/time.ts'
import { openStreams } from '#app/_live/server.ts'
import { Notice } from '#components/notice.tsx'
import { Stat } from '#components/stat.tsx'
import packageJson from '../../package.json' with { type: 'json' }
import { Clocks } from './clocks.tsx'
import { Failures } from './failures.tsx'
import { Findings } from './findings.tsx'
import { type Figures, type FindingKey, findings, type WriteState } from './rules/findings.ts'
import { Facts, Tasks } from './tables.tsx'

/** All of it, for the cell: what is wrong and what to do first, then the figures behind it. */
export async function FiguresOf({
  figures,
  writes,
  lead,
  now,
}: {
  figures: Figures
  writes: WriteState
  lead: boolean
  now: Date
}) {
  const t = await getTranslations('operations')
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const since = (at: string) => durationBetween(new Date(at), new Date(figures.now), locale)
  const found = findings(figures, writes)
  const wrong = (...keys: FindingKey[]) => found.find(({ key }) => keys.includes(key))?.tone
  const waiting = figures.tasks.reduce((sum, task) => sum + task.waiting, 0)
  const failed = figures.tasks.reduce((sum, task) => sum + task.failed, 0)
  const { workerAt, proof } = figures
  const silent = wrong('worker_never', 'worker_silent')

  return (
    <>
      {found.length === 0 ? (
        <Notice tone="ok" title={t('verdict.ok')} />
      ) : (
        <Findings found={found} now={figures.now} />
      )}
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-3">
        <Stat
          label={t('stat.database')}
          value={t('stat.answers')}
          note={t('stat.database_note', { version: figures.version, time: since(figures.startedAt) })}
          tone={
            wrong(
              'disk_full',
              'read_only',
              'refused',
              'schema_newer',
              'schema_older',
              'connections',
              'archive',
            ) ?? 'ok'
          }
        />
        <Stat
          label={t('stat.worker')}
          value={silent ? t('stat.silent') : t('stat.works')}
          note={workerAt ? t('stat.worker_note', { time: since(workerAt) }) : t('stat.worker_none')}
          tone={silent ?? wrong('clock_late') ?? 'ok'}
        />
        <Stat
          label={t('stat.jobs')}
          value={waiting}
          note={t('stat.jobs_note', { count: failed })}
          tone={wrong('jobs_late', 'jobs_failed', 'jobs_retrying') ?? 'ok'}
        />
        <Stat
          label={t('stat.journal')}
          value={proof ? t('stat.ago', { time: since(proof.at) }) : t('stat.journal_never')}
          note={t('stat.journal_note', { count: figures.lines })}
          tone={wrong('journal_broken', 'journal_unproved') ?? 'ok'}
        />
        <Stat label={t('stat.streams')} value={openStreams()} note={t('stat.streams_note')} />
        <Stat label={t('stat.version')} value={packageJson.version} note={t('stat.version_note')} />
      </div>
      <Clocks clocks={figures.clocks} now={new Date(figures.now)} />
      <Tasks tasks={figures.tasks} now={now} />
      <Failures failures={figures.failures} failed={failed} lead={lead} now={now} />
      <Facts figures={figures} now={now} />
    </>
  )
}
