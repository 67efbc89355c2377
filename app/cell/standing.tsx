import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { MACHINES } from '#app/_journal/machines.ts'
import { Notice } from '#components/notice.tsx'
import { Stat } from '#components/stat.tsx'
import { Tag } from '#components/tag.tsx'
import { Gaps } from './gaps.tsx'
import type { readCell } from './queries.ts'

type Cell = Awaited<ReturnType<typeof readCell>>

/** The state of the desk in figures, what nobody holds, who is called. */
export async function CellStanding({ cell, now }: { cell: Cell; now: Date }) {
  const [t, words] = [await getTranslations('cell'), await getTranslations('vocabulary')]
  const person = (name: string) => (MACHINES.has(name) ? t('machine') : name)
  return (
    <>
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
          {cell.onCall.map((one) => (
            <li key={one.accountId}>
              <Tag tone={one.unfit ? 'danger' : one.offRoster ? 'neutral' : 'accent'}>
                {one.name} · {words(`role.${one.role}`)}
                {one.offRoster && ` · ${t('roster.off_roster')}`}
                {one.unfit && ` · ${t('roster.unfit')}`}
              </Tag>
            </li>
          ))}
        </ol>
        {cell.onCall.length === 0 && <p>{t('nobody_on_call')}</p>}
      </section>
    </>
  )
}
