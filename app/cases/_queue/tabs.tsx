import { getTranslations } from 'next-intl/server'
import { Tabs } from '#components/nav.tsx'
import { type Filters, FLAGS, queuePath } from './filters.ts'
import { COUNT_CAP, type Counts } from './query.ts'

const LISTS: { key: string; set: Partial<Filters>; count?: keyof Counts }[] = [
  { key: 'all', set: {} },
  { key: 'overdue', set: { overdue: true }, count: 'overdue' },
  { key: 'received', set: { state: 'received' }, count: 'received' },
  { key: 'mine', set: { mine: true }, count: 'mine' },
  { key: 'unassigned', set: { unassigned: true } },
  { key: 'residual', set: { residual: true }, count: 'residual' },
  { key: 'closed', set: { closed: true } },
]

/** The lists one goes through in a shift; the other filters stay as they are. */
export async function QueueTabs({ filters, counts }: { filters: Filters; counts: Counts }) {
  const t = await getTranslations('queue')
  const bare: Filters = { ...filters, state: null }
  for (const flag of FLAGS) bare[flag] = false
  const here = queuePath(filters)
  return (
    <Tabs
      label={t('tabs.label')}
      items={LISTS.map(({ key, set, count }) => {
        const href = queuePath({ ...bare, ...set })
        const n = count ? counts[count] : 0
        return {
          href,
          current: href === here,
          label:
            n > COUNT_CAP
              ? `${t(`tabs.${key}` as 'tabs.all')} ${t('count_many')}`
              : t(`tabs.${key}` as 'tabs.all'),
          count: n > 0 && n <= COUNT_CAP ? n : undefined,
        }
      })}
    />
  )
}
