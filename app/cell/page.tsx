import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { MACHINES } from '#app/_journal/machines.ts'
import { Live } from '#app/_live/live-status.tsx'
import { Notice } from '#components/notice.tsx'
import { Stat } from '#components/stat.tsx'
import { Tag } from '#components/tag.tsx'
import { CallTasks } from './call-tasks.tsx'
import { ChangeState } from './change-state.tsx'
import { Gaps } from './gaps.tsx'
import { CellHistory } from './history.tsx'
import { readCell } from './queries.ts'
import { CellTabs } from './tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cell'))('title') }
}

/** Cellule d'accueil: the state of the desk, who is on call, what waits. */
export default async function CellPage() {
  const actor = await requireActor('cell.watch')
  const now = new Date(requestTime())
  const cell = await readCell(actor, now)
  const t = await getTranslations('cell')
  const words = await getTranslations('vocabulary')
  const person = (name: string) => (MACHINES.has(name) ? t('machine') : name)

  return (
    <div className="grid gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases="all" events={['cell.', 'crisis.', 'notice.', 'roster.']} />
      </div>
      <CellTabs current="" />
      <section className="grid grid-cols-2 gap-3 lg:grid-cols-4" aria-label={t('now')}>
        <Stat
          label={t('state_now')}
          value={t(`states.${cell.state.state}`)}
          tone={cell.state.state === 'crisis' ? 'n4' : 'accent'}
          note={
            cell.state.at && (
              <>
                <Moment at={cell.state.at} now={now} />
                {cell.state.byName && `, ${person(cell.state.byName)}`}
              </>
            )
          }
        />
        <Stat label={t('counts.open')} value={cell.counts.open} href="/cases" />
        <Stat
          label={t('counts.overdue')}
          value={cell.counts.overdue}
          tone={cell.counts.overdue > 0 ? 'danger' : 'ok'}
          href="/cases?overdue=1"
        />
        <Stat label={t('counts.above')} value={cell.counts.above} href="/cases" />
      </section>
      {cell.gaps.length > 0 && (
        <Notice tone="danger" title={t('gaps.title', { count: cell.gaps.length })}>
          <Gaps gaps={cell.gaps} now={now} />
        </Notice>
      )}
      <section className="grid gap-3">
        <h2 className="text-xl">{t('on_call')}</h2>
        <p className="text-soft">{t('on_call_order')}</p>
        <ol className="flex flex-wrap gap-2">
          {cell.onCall.map((person) => (
            <li key={person.accountId}>
              <Tag tone={person.unfit ? 'danger' : person.offRoster ? 'neutral' : 'accent'}>
                {person.name} · {words(`role.${person.role}`)}
                {person.offRoster && ` · ${t('roster.off_roster')}`}
                {person.unfit && ` · ${t('roster.unfit')}`}
              </Tag>
            </li>
          ))}
        </ol>
        {cell.onCall.length === 0 && <p>{t('nobody_on_call')}</p>}
      </section>
      <CallTasks tasks={cell.calls} now={now} />
      {may(actor, 'cell.change_state') && <ChangeState from={cell.state.state} />}
      <CellHistory changes={cell.history} now={now} />
    </div>
  )
}
