import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { signOutAction } from '#app/sign-in/actions.ts'
import { Icon } from '#components/icon.tsx'
import { MENU_LINE, Menu } from '#components/menu.tsx'
import { VisuallyHidden } from '#components/visually-hidden.tsx'

/** `own`: somebody in person, with messages and sessions of his own; not a screen on the wall. */
export type Person = { name: string; email: string; own: boolean }

export function AccountMenu({ person: { name, email, own } }: { person: Person }) {
  const t = useTranslations('shell')
  return (
    <Menu
      onBar
      label={
        <>
          <Icon name="person" />
          <span aria-hidden="true" className="max-w-40 truncate max-sm:sr-only">
            {name}
          </span>
          <VisuallyHidden>{t('account', { name })}</VisuallyHidden>
        </>
      }
    >
      <p className="px-2.5 py-1.5 text-sm text-soft">{email}</p>
      {own && (
        <Link href="/account" prefetch={false} className={MENU_LINE}>
          {t('profile')}
        </Link>
      )}
      {own && (
        <Link href="/account#sessions" prefetch={false} className={MENU_LINE}>
          {t('sessions')}
        </Link>
      )}
      <form action={signOutAction}>
        <button type="submit" className={MENU_LINE}>
          {t('signOut')}
        </button>
      </form>
    </Menu>
  )
}
