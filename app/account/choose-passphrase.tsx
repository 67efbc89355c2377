import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Button } from '#components/button.tsx'
import { choosePassphraseAction } from './actions.ts'
import { NewPassphrase } from './new-passphrase.tsx'

/** The first passphrase of somebody who was invited: he chooses it, nobody else ever knew one. */
export async function ChoosePassphrase() {
  const t = await getTranslations('auth')
  return (
    <section aria-labelledby="choose" className="grid max-w-md gap-4">
      <h2 id="choose" className="text-xl">
        {t('passphrase.choose')}
      </h2>
      <DoorForm action={choosePassphraseAction} name="choose-passphrase" className="grid gap-4">
        <NewPassphrase />
        <div>
          <Button>{t('passphrase.set')}</Button>
        </div>
      </DoorForm>
    </section>
  )
}
