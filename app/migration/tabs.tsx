import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { getActor } from '#app/_auth/session.ts'
import { Tabs } from '#components/nav.tsx'

const PLACES = ['', '/risks', '/calendar'] as const

export async function MigrationTabs({ current }: { current: (typeof PLACES)[number] }) {
  const [t, actor] = [await getTranslations('migration'), await getActor()]
  const shown = PLACES.filter((path) => path !== '/calendar' || (actor && may(actor, 'migration.import')))
  return (
    <Tabs
      label={t('tabs.label')}
      items={shown.map((path) => ({
        href: `/migration${path}`,
        label: t(`tabs.${path === '' ? 'sites' : path === '/risks' ? 'risks' : 'calendar'}`),
        current: path === current,
      }))}
    />
  )
}
