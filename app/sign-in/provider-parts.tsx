import { getTranslations } from 'next-intl/server'
import { AnchorButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { provider } from './provider.ts'

const WHY = [
  'expired',
  'untrusted',
  'clock',
  'weak',
  'stale',
  'declined',
  'away',
  'unbound',
  'taken',
  'other',
  'gone',
] as const

/** Why the provider's answer opened nothing: in words, and that the other ways are still there. */
export async function ProviderSaid({ asked }: { asked: Record<string, string | string[] | undefined> }) {
  const why = WHY.find((one) => one === asked.provider)
  if (!why) return null
  const t = await getTranslations('auth')
  return (
    <Notice live tone={why === 'unbound' || why === 'declined' ? 'warn' : 'danger'}>
      {t(`provider.${why}`, { name: provider()?.name ?? '' })}
    </Notice>
  )
}

/** `hereOnly`: whoever comes next to this screen could still enter by the provider. */
export async function SignedOut({ hereOnly }: { hereOnly: boolean }) {
  const t = await getTranslations('auth')
  const name = hereOnly && provider()?.name
  return name ? (
    <Notice tone="warn">{t('provider.still_there', { name })}</Notice>
  ) : (
    <Notice tone="ok">{t('signed_out')}</Notice>
  )
}

/** One more way in, where a provider is set; nothing is asked of it before it is pressed. */
export async function ProviderButton({ href, again }: { href: string; again?: boolean }) {
  const settings = provider()
  if (!settings) return null
  const t = await getTranslations('auth')
  const { name } = settings
  return (
    <AnchorButton href={href} size="large" wide>
      {again ? t('again.provider', { name }) : t('provider.sign_in', { name })}
    </AnchorButton>
  )
}
