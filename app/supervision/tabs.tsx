import { getTranslations } from 'next-intl/server'
import { Tabs } from '#components/nav.tsx'

const PLACES = [
  { at: '/supervision', key: 'cells' },
  { at: '/supervision/plan', key: 'plan' },
  { at: '/works', key: 'works' },
] as const

/** What is proved, who may be called. */
export async function SupervisionTabs({ current }: { current: (typeof PLACES)[number]['at'] }) {
  const t = await getTranslations('supervision')
  return (
    <Tabs
      label={t('tabs.label')}
      items={PLACES.map(({ at, key }) => ({ href: at, label: t(`tabs.${key}`), current: at === current }))}
    />
  )
}
