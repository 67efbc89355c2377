import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Fold } from '#app/cases/new/fold.tsx'
import { Button } from '#components/button.tsx'
import { changePassphraseAction } from './actions.ts'
import { NewPassphrase } from './new-passphrase.tsx'

/** Changed once in a year: folded until then. */
export async function ChangePassphrase() {
  const t = await getTranslations('auth')
  return (
    <DoorForm action={changePassphraseAction} name="passphrase" className="max-w-md">
      <Fold
        heading
        summary={<h2 className="text-xl">{t('passphrase.title')}</h2>}
        fields={['present_passphrase', 'wanted_passphrase']}
      >
        <div className="grid gap-4">
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
        </div>
      </Fold>
    </DoorForm>
  )
}
