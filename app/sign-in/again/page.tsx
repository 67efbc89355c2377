import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { safePath, signInPath, withNext } from '#app/_auth/paths.ts'
import { getActorSettingUp } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { PasskeyAgain } from '../passkey-button.tsx'
import { ProviderButton, ProviderSaid } from '../provider-parts.tsx'
import { readWays } from '../queries.ts'
import { proveAgainAction } from './actions.ts'

type Asked = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('again.title') }
}

/** One gesture, or one field: who signed in shows once more that it is he. */
export default async function AgainPage({ searchParams }: Asked) {
  const asked = await searchParams
  const next = safePath(asked.next)
  const actor = await getActorSettingUp()
  if (!actor) redirect(signInPath('/sign-in/again'))
  const t = await getTranslations('auth')
  const { passkeys, codesLeft, totpSince, byPassphrase, identities } = await readWays(actor)
  const hasCode = totpSince !== null || codesLeft > 0
  const signs = passkeys.some((one) => !one.suspendedAt)
  const nothing = !(signs || hasCode || byPassphrase || identities.length > 0)
  return (
    <div className="mx-auto grid max-w-md gap-5">
      <h1 className="text-3xl">{t('again.title')}</h1>
      <p className="text-soft">{t('again.why')}</p>
      {asked.proved !== undefined && (
        <Notice live tone="ok">
          {t('again.done')}
        </Notice>
      )}
      <ProviderSaid asked={asked} />
      {nothing && <Notice tone="warn">{t('again.nothing')}</Notice>}
      <ClientWords of={['auth']}>
        {signs && <PasskeyAgain next={next} kind="primary" size="large" wide />}
      </ClientWords>
      {identities.length > 0 && <ProviderButton again href={withNext('/sign-in/provider?again', next)} />}
      {(byPassphrase || hasCode) && (
        <DoorForm action={proveAgainAction} name="again" className="grid gap-4">
          {next && <input type="hidden" name="next" value={next} />}
          <FormText
            name="proof"
            type={byPassphrase ? 'password' : 'text'}
            label={byPassphrase ? t('again.passphrase') : t('again.code')}
            autoComplete={byPassphrase ? 'current-password' : 'one-time-code'}
            required
          />
          <Button kind="primary" size="large" wide>
            {t('again.confirm')}
          </Button>
        </DoorForm>
      )}
    </div>
  )
}
