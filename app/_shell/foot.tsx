import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Icon } from '#components/icon.tsx'
import { switchTheme } from './actions.ts'
import { useHotline } from './hotline-context.tsx'
import { THEMES, type Theme } from './theme.ts'

/** The number to call first: it stands on every page. */
export function Foot({ theme }: { theme: Theme }) {
  const t = useTranslations('shell')
  const line = useHotline()
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
      {line && (
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
      )}
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
