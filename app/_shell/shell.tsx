'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { LateAnswer } from '#app/_doors/late-answer.ts'
import { LOCALES } from '#app/_i18n/locale.ts'
import { InboxLink } from '#app/inbox/inbox-link.tsx'
import { AppShell } from '#components/app-shell.tsx'
import { LiveRegion } from '#components/live-region.tsx'
import { AccountMenu, type Person } from './account-menu.tsx'
import { switchLocale } from './actions.ts'
import { BarPlaces } from './bar-places.tsx'
import { Foot } from './foot.tsx'
import { KeepFocus } from './keep-focus.tsx'
import { PageAnswer } from './page-answer.tsx'
import type { Place } from './places.ts'
import type { Theme } from './theme.ts'

/**
 * The frame as it is drawn. A component of the browser: what the server draws travels twice, as HTML and as what the
 * browser's script reads, and the frame is on every page.
 */
export function Shell({
  theme,
  person,
  places,
  exercise,
  bell,
  status,
  said,
  children,
}: {
  theme: Theme
  person: Person | null
  places: Pick<Place, 'href' | 'key'>[]
  exercise: boolean
  /** What sounds in the room: the cell alone has one. */
  bell: ReactNode
  status: ReactNode
  /** What a form posted without scripts was answered. */
  said: LateAnswer | null
  children: ReactNode
}) {
  const t = useTranslations('shell')
  return (
    <AppShell
      product={t('product')}
      homeLabel={t('home')}
      skip={t('skip')}
      nav={
        person && (
          <BarPlaces
            label={t('mainNavigation')}
            more={t('morePlaces')}
            places={places.map(({ href, key }) => ({ href, label: t(`places.${key}`) }))}
          />
        )
      }
      tools={<LanguageSwitch />}
      account={
        person && (
          <>
            {bell}
            {person.own && <InboxLink label={t('inbox')} unread={t.raw('unread')} />}
            <AccountMenu person={person} />
          </>
        )
      }
      status={status}
      watermark={exercise ? t('exercise') : null}
      footer={<Foot theme={theme} />}
    >
      <PageAnswer said={said} />
      {children}
      <LiveRegion />
      <KeepFocus />
    </AppShell>
  )
}

function LanguageSwitch() {
  const t = useTranslations('shell')
  const current = useLocale()
  return (
    <form action={switchLocale} className="flex">
      {LOCALES.filter((locale) => locale !== current).map((locale) => (
        <button
          key={locale}
          type="submit"
          name="locale"
          value={locale}
          lang={locale}
          className="min-h-11 rounded-m px-1.5 text-bar-soft sm:px-2.5 underline underline-offset-4 hover:bg-bar-hover hover:text-on-bar"
        >
          {t(`switchTo.${locale}`)}
        </button>
      ))}
    </form>
  )
}
