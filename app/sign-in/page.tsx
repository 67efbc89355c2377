import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { safePath, withNext } from '#app/_auth/paths.ts'
import { LANDING } from '#app/_auth/rules/roles.ts'
import { getActor } from '#app/_auth/session.ts'
import { ForgetDrafts } from '#app/_doors/forget-drafts.tsx'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { Notice } from '#components/notice.tsx'
import { SignInForm } from './form.tsx'
import { PasskeySignIn } from './passkey-button.tsx'
import { ProviderButton, ProviderSaid, SignedOut } from './provider-parts.tsx'
import { isDemonstration } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('title') }
}

/** Whoever is signed in already goes straight to work. */
export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const asked = await searchParams
  const { next, late } = asked
  // A provider that has ended its own session sends back what it was given.
  const out = asked.out ?? asked.state
  const path = safePath(next)
  const actor = await getActor()
  if (actor) redirect(path ?? LANDING[actor.role])
  const t = await getTranslations('auth')
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1 className="text-3xl">{t('title')}</h1>
      {out !== undefined && <SignedOut hereOnly={out === 'here'} />}
      {late !== undefined && <Notice tone="warn">{t('second.expired')}</Notice>}
      <ProviderSaid asked={asked} />
      {(await isDemonstration()) && <Notice>{t('demonstration')}</Notice>}
      <ClientWords of={['auth']}>
        <PasskeySignIn next={path} />
        <p className="flex items-center gap-3 text-sm text-soft before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line [@media(scripting:none)]:hidden">
          {t('passkey.or')}
        </p>
        <SignInForm next={path} />
      </ClientWords>
      <ProviderButton href={withNext('/sign-in/provider', path)} />
      <p>
        <Link href="/sign-in/forgotten" prefetch={false} className="inline-flex min-h-11 items-center">
          {t('forgot.link')}
        </Link>
      </p>
      {out !== undefined && <ForgetDrafts />}
    </div>
  )
}
