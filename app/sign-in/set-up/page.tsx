import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { safePath, signInPath } from '#app/_auth/paths.ts'
import { LANDING } from '#app/_auth/rules/roles.ts'
import { currentSessionId, getActor, getActorSettingUp } from '#app/_auth/session.ts'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { ChoosePassphrase } from '#app/account/choose-passphrase.tsx'
import { Ways } from '#app/account/ways.tsx'
import { LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { openedBy } from '../queries.ts'

type Asked = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('set_up.title') }
}

/** Before the first watch: how one will sign in, and how on the day when that is missing. Nothing else is open until then. */
export default async function SetUpPage({ searchParams }: Asked) {
  const next = safePath((await searchParams).next)
  const actor = await getActorSettingUp()
  if (!actor) redirect(signInPath('/sign-in/set-up'))
  const [t, ready] = [await getTranslations('auth'), (await getActor()) !== null]
  const invited = (await openedBy(actor, await currentSessionId()))?.method === 'invitation'
  return (
    <div className="mx-auto grid max-w-2xl gap-8">
      <div className="grid gap-3">
        <h1 className="text-3xl">{t('set_up.title')}</h1>
        <p className="max-w-[65ch]">{invited ? t('set_up.invited') : t('set_up.intro')}</p>
        {ready && (
          <Notice
            tone="ok"
            live
            title={t('set_up.ready')}
            actions={
              <LinkButton kind="primary" href={next ?? LANDING[actor.role]}>
                {t('set_up.go')}
              </LinkButton>
            }
          />
        )}
      </div>
      <ClientWords of={['auth']}>
        <Ways actor={actor} now={new Date()} />
      </ClientWords>
      {invited && <ChoosePassphrase />}
    </div>
  )
}
