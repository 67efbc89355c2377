import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { SHORTEST } from '#app/sign-in/rules/passphrase.ts'
import { Button } from '#components/button.tsx'
import { choosePassphraseAction } from './actions.ts'

/** The first passphrase of somebody who was invited: he chooses it, nobody else ever knew one. */
export async function ChoosePassphrase() {
  const t = await getTranslations('auth')
  return (
    <section aria-labelledby="choose" className="grid max-w-md gap-4">
      <h2 id="choose" className="text-xl">
        {t('passphrase.choose')}
      </h2>
      <DoorForm action={choosePassphraseAction} name="choose-passphrase" className="grid gap-4">
        <FormText
          name="wanted_passphrase"
          type="password"
          label={t('passphrase.wanted')}
          hint={t('passphrase.hint', { min: SHORTEST })}
          autoComplete="new-password"
          required
        />
        <div>
          <Button>{t('passphrase.set')}</Button>
        </div>
      </DoorForm>
    </section>
  )
}
