import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { readHotline } from '#app/_shell/hotline.ts'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'
import { isOpen } from '../../commands/invitation.ts'
import { provider } from '../../provider.ts'
import { followInvitationAction } from './actions.ts'

type Asked = {
  params: Promise<{ token: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('invitation.title') }
}

/** The link an administrator handed: once, for three days. It says nothing of whose it is before it is followed. */
export default async function InvitationPage({ params, searchParams }: Asked) {
  const [{ token }, { failed }, t] = [await params, await searchParams, await getTranslations('auth')]
  const open = await isOpen(token, new Date())
  const [shell, line] = [await getTranslations('shell'), await readHotline()]
  const other = provider()
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1 className="text-3xl">{t('invitation.title')}</h1>
      {failed !== undefined && (
        <Notice live tone="danger">
          {t('failed')}
        </Notice>
      )}
      {open ? (
        <>
          <p>{t('invitation.how')}</p>
          <form action={followInvitationAction}>
            <input type="hidden" name="token" value={token} />
            <Button kind="primary" size="large" wide>
              {t('invitation.follow')}
            </Button>
          </form>
          {other && (
            <form action="/sign-in/provider" method="post">
              <input type="hidden" name="invitation" value={token} />
              <Button size="large" wide>
                {t('invitation.provider', { name: other.name })}
              </Button>
            </form>
          )}
        </>
      ) : (
        <>
          <Notice tone="warn">{t('invitation.gone')}</Notice>
          <PhoneNumberLarge
            label={t('invitation.call')}
            display={line.display}
            href={line.href}
            action={shell('hotlineCall', { number: line.display })}
          />
        </>
      )}
    </div>
  )
}
