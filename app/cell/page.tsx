import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CELL_ROLES, isLead } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormRadios, FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { MACHINES } from '#app/_journal/machines.ts'
import { Live } from '#app/_live/live-status.tsx'
import { changesFrom } from '#app/crisis/rules/cell-state.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { Stat } from '#components/stat.tsx'
import { Tag } from '#components/tag.tsx'
import { changeStateAction } from './actions.ts'
import { CallTasks } from './call-tasks.tsx'
import { readCell } from './queries.ts'
import { CellTabs } from './tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cell'))('title') }
}

/** Cellule d'accueil: the state of the desk, who is on call, what waits. */
export default async function CellPage() {
  const actor = await requireActor(CELL_ROLES)
  const now = new Date(requestTime())
  const cell = await readCell(actor, now)
  const t = await getTranslations('cell')
  const words = await getTranslations('vocabulary')
  const person = (name: string) => (MACHINES.has(name) ? t('machine') : name)
  const whyText = (why: string) =>
    t.has(why.replace('crisis.', '') as never) ? t(why.replace('crisis.', '') as never) : why

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
          <ul>
            {cell.gaps.map((gap) => (
              <li key={`${gap.role}${gap.from}`}>
                {t('gaps.role', { role: words(`role.${gap.role}`) })}{' '}
                <Moment at={new Date(gap.from)} now={now} /> – <Moment at={new Date(gap.to)} now={now} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <section className="grid gap-3">
        <h2 className="text-xl">{t('on_call')}</h2>
        <ol className="flex flex-wrap gap-2">
          {cell.onCall.map((person) => (
            <li key={person.accountId}>
              <Tag>
                {person.name} · {words(`role.${person.role}`)}
              </Tag>
            </li>
          ))}
        </ol>
        {cell.onCall.length === 0 && <p>{t('nobody_on_call')}</p>}
      </section>
      <CallTasks tasks={cell.calls} now={now} />
      {isLead(actor) && (
        <section className="grid max-w-2xl gap-4">
          <h2 className="text-xl">{t('change')}</h2>
          <DoorForm action={changeStateAction} name="cell-state" className="grid gap-4">
            <FormRadios
              name="to"
              label={t('to')}
              layout="list"
              required
              options={changesFrom(cell.state.state).map((state) => ({
                value: state,
                label: t(`states.${state}`),
                hint: t(`hints.${state}`),
              }))}
            />
            <FormArea name="why" label={t('why_label')} required rows={2} />
            <FormText name="toldTo" label={t('told')} hint={t('told_hint')} />
            <div>
              <Button kind="primary">{t('change_button')}</Button>
            </div>
          </DoorForm>
        </section>
      )}
      <section className="grid gap-3">
        <DataTable
          caption={t('history')}
          showCaption
          rows={cell.history}
          rowKey={(row) => row.id}
          empty={<EmptyState title={t('no_history')} />}
          columns={[
            { key: 'state', head: t('state'), rowHead: true, cell: (row) => t(`states.${row.state}`) },
            { key: 'at', head: t('when'), cell: (row) => <Moment at={row.at} now={now} /> },
            { key: 'by', head: t('by'), cell: (row) => person(row.byName) },
            { key: 'why', head: t('why_label'), cell: (row) => whyText(row.why) },
            { key: 'told', head: t('told'), cell: (row) => row.toldTo.join(', ') || '–' },
          ]}
        />
      </section>
    </div>
  )
}
