import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import { changePassphraseAction } from './actions.ts'
import { NewPassphrase } from './new-passphrase.tsx'

export async function ChangePassphrase() {
  const t = await getTranslations('auth')
  return (
    <section className="grid max-w-md gap-4">
      <h2 className="text-xl">{t('passphrase.title')}</h2>
      <DoorForm action={changePassphraseAction} name="passphrase" className="grid gap-4">
        <FormText
          name="present_passphrase"
          type="password"
          label={t('passphrase.present')}
          autoComplete="current-password"
          required
        />
        <NewPassphrase />
        <div>
          <Button kind="primary">{t('passphrase.change')}</Button>
        </div>
      </DoorForm>
    </section>
  )
}
