import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { signOutAction } from '#app/sign-in/actions.ts'
import { Icon } from '#components/icon.tsx'
import { MENU_LINE, Menu } from '#components/menu.tsx'
import { VisuallyHidden } from '#components/visually-hidden.tsx'

export async function AccountMenu({ actor }: { actor: AccountActor }) {
  const t = await getTranslations('shell')
  const auth = await getTranslations('auth')
  return (
    <Menu
      onBar
      label={
        <>
          <Icon name="person" />
          <span aria-hidden="true" className="max-w-40 truncate max-sm:sr-only">
            {actor.name}
          </span>
          <VisuallyHidden>{t('account', { name: actor.name })}</VisuallyHidden>
        </>
      }
    >
      <p className="px-2.5 py-1.5 text-sm text-soft">{actor.email}</p>
      <Link href="/sign-in/sessions" prefetch={false} className={MENU_LINE}>
        {auth('sessions.title')}
      </Link>
      <form action={signOutAction}>
        <button type="submit" className={MENU_LINE}>
          {auth('sign_out')}
        </button>
      </form>
    </Menu>
  )
}
