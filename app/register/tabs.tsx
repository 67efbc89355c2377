import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { getActor } from '#app/_auth/session.ts'
import { Tabs } from '#components/nav.tsx'

const PLACES = ['/register', '/register/answers', '/comparisons', '/lessons', '/register/exchange'] as const
export type LearningPlace = (typeof PLACES)[number]

/** What is learnt from losses, ours and others': the records, what they answer, side by side, and what became of it. */
export async function LearningTabs({ current }: { current: LearningPlace }) {
  const [t, actor] = [await getTranslations('register'), await getActor()]
  const shown = PLACES.filter(
    (path) => path !== '/register/exchange' || (actor && may(actor, 'register.keep')),
  )
  return (
    <Tabs
      label={t('tabs.label')}
      items={shown.map((path) => ({
        href: path,
        label: t(`tabs.${path.split('/').at(-1) as 'register'}`),
        current: path === current,
      }))}
    />
  )
}
