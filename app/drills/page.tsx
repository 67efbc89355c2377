import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestBegan, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { Controls } from './_parts/controls.tsx'
import { StartForm } from './_parts/start-form.tsx'
import { StateTag } from './_parts/state-tag.tsx'
import { TogetherTable } from './_parts/together-table.tsx'
import { listExercises } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('drills'))('title') }
}

/** Exercices: what runs, what may be started, what was played. */
export default async function DrillsPage() {
  const actor = await requireActor('exercises.enter')
  const now = new Date(requestBegan())
  const rows = await listExercises(actor)
  const under = rows.find((row) => row.attended && (row.state === 'running' || row.state === 'set_aside'))
  const t = await getTranslations('drills')
  return (
    <div className="grid gap-8">
      <div className="grid gap-2">
        <div className="flex flex-wrap items-baseline justify-between gap-3">
          <h1 className="text-3xl">{t('title')}</h1>
          <Live cases={[]} events={['exercise.']} />
        </div>
        <p className="max-w-[65ch] text-soft">{t('explain')}</p>
      </div>
      {under && (
        <Notice
          tone={under.state === 'running' ? 'info' : 'warn'}
          title={<a href={`/drills/${under.id}`}>{under.title}</a>}
          actions={
            <Controls exercise={under} actor={actor} inside={actor.exerciseId === under.id} place="page" />
          }
        >
          {t(`states.${under.state}`)} · {t('began')} <Moment at={under.startedAt} now={now} />
        </Notice>
      )}
      {may(actor, 'exercises.run') && !under && (
        <section className="grid gap-4">
          <h2 className="text-xl">{t('start.title')}</h2>
          <StartForm />
        </section>
      )}
      <DataTable
        caption={t('played')}
        showCaption
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('none')} />}
        columns={[
          {
            key: 'title',
            head: t('column.title'),
            rowHead: true,
            cell: (row) => <a href={`/drills/${row.id}`}>{row.title}</a>,
          },
          { key: 'began', head: t('column.began'), cell: (row) => <Moment at={row.startedAt} now={now} /> },
          {
            key: 'crew',
            head: t('column.crew'),
            cell: (row) => t(`crews.${row.crew === 'standard' ? 'standard' : 'none'}`),
          },
          {
            key: 'speed',
            head: t('column.speed'),
            cell: (row) => (row.attended ? t('speed', { speed: row.speed }) : t('command_line')),
          },
          { key: 'state', head: t('column.state'), cell: (row) => <StateTag state={row.state} /> },
        ]}
      />
      <TogetherTable />
    </div>
  )
}
