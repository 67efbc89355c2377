import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { Tabs } from '#components/nav.tsx'

const PLACES = ['/instructions', '/broadcasts', '/fallbacks', '/told', '/statements'] as const

/** What is said outside: instructions, mass messages, fallback numbers, the public page and the media. */
export async function WordsTabs({
  actor,
  current,
}: {
  actor: AccountActor
  current: (typeof PLACES)[number]
}) {
  if (!may(actor, 'cell.watch')) return null
  const t = await getTranslations('instructions')
  return (
    <Tabs
      label={t('tabs.label')}
      items={PLACES.map((href) => ({
        href,
        label: t(`tabs.${href.slice(1)}`),
        current: href === current,
      }))}
    />
  )
}
