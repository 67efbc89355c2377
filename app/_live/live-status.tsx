import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import type { AccountActor } from '#app/_auth/actor.ts'
import { getActor, requestBegan } from '#app/_auth/session.ts'
import { clockShift } from '#app/_doors/clock.ts'
import { LiveClient, type Topic } from './live.tsx'

/**
 * Makes the page live and says whether it is. One a page: `<Live cases="all" />` for a queue,
 * `<Live cases={[reference]} />` for a case, `events={['inbox', 'cell.']}` for what is no case.
 */
export async function Live({ cases, events, silent }: Topic & { silent?: boolean }) {
  const actor = await getActor()
  if (!actor) return null
  const [t, locale] = [await getTranslations('live'), await getLocale()]
  return (
    <>
      <LiveClient
        name={liveName(actor)}
        // What is announced after it may not be on the page, wherever in the page this stands.
        readAt={requestBegan() - clockShift()}
        silent={silent}
        topic={{ cases, events }}
        locale={locale === 'en' ? 'en' : 'fr'}
        words={await liveWords()}
      />
      {!silent && <noscript>{t('without')}</noscript>}
    </>
  )
}

/** One stream for the tabs of one person in one world. */
export function liveName(actor: Pick<AccountActor, 'accountId' | 'exerciseId'>): string {
  return `permanence-live:${actor.accountId}:${actor.exerciseId ?? 0}`
}

/** One object a page, sent once. */
const liveWords = cache(async () => {
  const t = await getTranslations('live')
  return {
    live: t('live'),
    connecting: t('connecting'),
    lost: t.raw('lost') as string,
    lostHint: t('lost_hint'),
    unanswered: t('unanswered'),
    ended: t('ended'),
    signIn: t('sign_in'),
  }
})
