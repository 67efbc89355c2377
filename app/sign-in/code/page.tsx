import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { begun } from '#app/_auth/ceremony.ts'
import { hasPasskey } from '#app/_auth/lookup.ts'
import { safePath } from '#app/_auth/paths.ts'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { PasskeySignIn } from '../passkey-button.tsx'
import { SecondForm } from './form.tsx'

type Asked = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('second.title') }
}

/** The second proof after the passphrase: a gesture for whoever has a passkey, a code otherwise. */
export default async function SecondStepPage({ searchParams }: Asked) {
  const next = safePath((await searchParams).next)
  const half = await begun(await cookies(), 'second', new Date())
  if (!half) redirect('/sign-in?late')
  const [t, passkey] = [await getTranslations('auth'), await hasPasskey(half.accountId)]
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1 className="text-3xl">{t('second.title')}</h1>
      <p>{t('second.intro')}</p>
      <ClientWords of={['auth']}>
        {passkey && <PasskeySignIn next={next} />}
        <SecondForm next={next} />
      </ClientWords>
      <p className="text-soft">{t('second.lost')}</p>
      <p>
        <Link href="/sign-in" prefetch={false} className="inline-flex min-h-11 items-center">
          {t('second.back')}
        </Link>
      </p>
    </div>
  )
}
