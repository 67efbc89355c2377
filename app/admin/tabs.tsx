import { getTranslations } from 'next-intl/server'
import { Tabs } from '#components/nav.tsx'

const PLACES = [
  '',
  '/organisations',
  '/contacts',
  '/sites',
  '/import',
  '/accounts',
  '/roles',
  '/teams',
  '/routing',
  '/tokens',
  '/messaging',
  '/settings',
] as const

export type AdminPlace = (typeof PLACES)[number]

/** What an administrator keeps: the directory first, then who works here and how. */
export async function AdminTabs({ current }: { current: AdminPlace }) {
  const t = await getTranslations('admin')
  return (
    <Tabs
      label={t('tabs.label')}
      items={PLACES.map((path) => ({
        href: `/admin${path}`,
        label: t(`tabs.${path.slice(1) || 'front'}` as never),
        current: path === current,
      }))}
    />
  )
}
