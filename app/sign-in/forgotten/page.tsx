import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { readHotline } from '#app/_shell/hotline.ts'
import { Button } from '#components/button.tsx'
import { TextInput } from '#components/field.tsx'
import { Notice } from '#components/notice.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'
import { askPassphraseAction } from './actions.ts'

type Asked = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ searchParams }: Asked): Promise<Metadata> {
  const t = await getTranslations('auth')
  const { missing, failed } = await searchParams
  const wrong = missing !== undefined || failed !== undefined
  return { title: wrong ? `${t('error')} ${t('forgot.title')}` : t('forgot.title') }
}

/** No letter is sent: somebody calls, at the number that the directory has. */
export default async function ForgottenPage({ searchParams }: Asked) {
  const { asked, missing, failed } = await searchParams
  const [t, shell, line] = [
    await getTranslations('auth'),
    await getTranslations('shell'),
    await readHotline(),
  ]
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1 className="text-3xl">{t('forgot.title')}</h1>
      {asked !== undefined ? (
        <Notice live tone="ok">
          {t('forgot.asked')}
        </Notice>
      ) : (
        <form action={askPassphraseAction} className="grid gap-4">
          <p>{t('forgot.how')}</p>
          {failed !== undefined && (
            <Notice live tone="danger">
              {t('failed')}
            </Notice>
          )}
          <TextInput
            name="email"
            type="email"
            label={t('email')}
            error={missing !== undefined ? t('forgot.missing') : undefined}
            autoComplete="username"
            required
          />
          <Button kind="primary" size="large" wide>
            {t('forgot.ask')}
          </Button>
        </form>
      )}
      <PhoneNumberLarge
        label={t('forgot.now')}
        display={line.display}
        href={line.href}
        action={shell('hotlineCall', { number: line.display })}
      />
      <p>
        <Link href="/sign-in" prefetch={false} className="inline-flex min-h-11 items-center">
          {t('forgot.back')}
        </Link>
      </p>
    </div>
  )
}
