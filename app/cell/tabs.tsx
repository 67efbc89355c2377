import { getTranslations } from 'next-intl/server'
import { Tabs } from '#components/nav.tsx'

const PLACES = ['', '/roster', '/handover', '/thresholds'] as const

/** The desk: its first screen, who is on call, the handover, the numbers of the rules. */
export async function CellTabs({ current }: { current: (typeof PLACES)[number] | 'sitreps' | 'reviews' }) {
  const t = await getTranslations('cell')
  return (
    <Tabs
      label={t('tabs.label')}
      items={[
        ...PLACES.map((path) => ({
          href: `/cell${path}`,
          label: t(`tabs.${path.slice(1) || 'state'}` as never),
          current: path === current,
        })),
        { href: '/sitreps', label: t('tabs.sitreps'), current: current === 'sitreps' },
        { href: '/reviews', label: t('tabs.reviews'), current: current === 'reviews' },
      ]}
    />
  )
}
