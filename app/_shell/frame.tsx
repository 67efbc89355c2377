import Link from 'next/link'
import { unstable_rethrow } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { type AccountActor, isCell } from '#app/_auth/actor.ts'
import { getActor } from '#app/_auth/session.ts'
import { within } from '#app/_doors/within.ts'
import { LOCALES } from '#app/_i18n/locale.ts'
import { CellStrip } from '#app/crisis/_strip/strip.tsx'
import { ExerciseStrip } from '#app/drills/_parts/exercise-strip.tsx'
import { InboxLink } from '#app/inbox/inbox-link.tsx'
import { AlarmStrip } from '#app/operations/alarm-strip.tsx'
import { AppShell } from '#components/app-shell.tsx'
import { Icon } from '#components/icon.tsx'
import { LiveRegion } from '#components/live-region.tsx'
import { AccountMenu } from './account-menu.tsx'
import { switchLocale, switchTheme } from './actions.ts'
import { BarPlaces } from './bar-places.tsx'
import { readHotline } from './hotline.ts'
import { placesOf } from './places.ts'
import { THEMES, type Theme } from './theme.ts'

/** The frame with its words. It stands around error pages too: a database that is down must not take it away. */
export async function Frame({ theme, children }: { theme: Theme; children: ReactNode }) {
  const t = await getTranslations('shell')
  const common = await getTranslations('common')
  const inbox = await getTranslations('inbox')
  const actor = await actorIfKnown()
  return (
    <AppShell
      product={common('product')}
      homeLabel={t('home')}
      skip={t('skip')}
      nav={
        actor && (
          <BarPlaces
            label={t('mainNavigation')}
            places={placesOf(actor.role, actor.territories.length > 0).map(({ href, key }) => ({
              href,
              label: t(`places.${key}`),
            }))}
          />
        )
      }
      tools={<LanguageSwitch />}
      account={
        actor && (
          <>
            <InboxLink label={inbox('page.title')} unread={t.raw('unread')} />
            <AccountMenu actor={actor} />
          </>
        )
      }
      status={
        actor &&
        isCell(actor) && (
          <>
            <AlarmStrip />
            <ExerciseStrip actor={actor} />
            <CellStrip actor={actor} />
          </>
        )
      }
      watermark={actor?.exerciseId ? t('exercise') : null}
      footer={<Foot theme={theme} />}
    >
      {children}
      <LiveRegion />
    </AppShell>
  )
}

/** A database that hangs shows a frame without its tools, soon. */
const PATIENCE_MS = 3_000

export async function actorIfKnown(): Promise<AccountActor | null> {
  try {
    return await within(PATIENCE_MS, getActor())
  } catch (error) {
    unstable_rethrow(error)
    return null
  }
}

async function LanguageSwitch() {
  const t = await getTranslations('shell')
  const current = await getLocale()
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

async function Foot({ theme }: { theme: Theme }) {
  const t = await getTranslations('shell')
  const line = await readHotline()
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
      <p>
        <span className="block text-sm text-soft">{t('hotline')}</span>
        <a
          href={line.href}
          aria-label={t('hotlineCall', { number: line.display })}
          className="inline-flex min-h-11 items-center gap-2 text-xl font-bold whitespace-nowrap tabular-nums text-ink no-underline"
        >
          <Icon name="phone" className="size-[0.9em] text-accent" />
          {line.display}
        </a>
      </p>
      <nav aria-label={t('footer.label')} data-screen-only>
        <ul className="flex flex-wrap gap-x-5">
          {FOOT_LINKS.map(({ href, key }) => (
            <li key={href}>
              <Link href={href} prefetch={false} className="inline-flex min-h-11 items-center text-ink">
                {t(key)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <form action={switchTheme} data-screen-only>
        <fieldset className="flex flex-wrap items-center gap-1">
          <legend className="mr-2 text-sm text-soft sm:float-left">{t('theme')}</legend>
          {THEMES.map((name) => (
            <button
              key={name}
              type="submit"
              name="theme"
              value={name}
              aria-pressed={name === theme}
              className={`inline-flex min-h-11 items-center gap-1.5 rounded-m border px-3 ${
                name === theme
                  ? 'border-ink bg-raised font-bold'
                  : 'border-transparent text-soft hover:bg-hover'
              }`}
            >
              {name !== 'auto' && <Icon name={name === 'light' ? 'sun' : 'moon'} />}
              {t(`themes.${name}`)}
            </button>
          ))}
        </fieldset>
      </form>
    </div>
  )
}

const FOOT_LINKS = [
  { href: '/operations', key: 'footer.operations' },
  { href: '/accessibility', key: 'footer.accessibility' },
  { href: '/privacy', key: 'footer.privacy' },
] as const
