import { getTranslations } from 'next-intl/server'
import { FLAGS } from './address.ts'
import { type Filters, queuePath } from './filters.ts'
import { ListTabs } from './list-parts.tsx'
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
export async function QueueTabs({ filters }: { filters: Filters }) {
  const t = await getTranslations('queue')
  const bare: Filters = { ...filters, state: null }
  for (const flag of FLAGS) bare[flag] = false
  const tabs = LISTS.map(({ key, set, count }) => ({
    href: queuePath({ ...bare, ...set }),
    label: t(`tabs.${key}` as 'tabs.all'),
    count,
  }))
  return <ListTabs label={t('tabs.label')} tabs={tabs} cap={COUNT_CAP} many={t('count_many')} />
}
