import { getTranslations } from 'next-intl/server'
import { FormText } from '#app/_doors/fields.tsx'
import { SHORTEST } from '#app/sign-in/rules/passphrase.ts'

/** The field of a passphrase that is chosen, with what is asked of it. */
export async function NewPassphrase() {
  const t = await getTranslations('auth')
  return (
    <FormText
      name="wanted_passphrase"
      type="password"
      label={t('passphrase.wanted')}
      hint={t('passphrase.hint', { min: SHORTEST })}
      autoComplete="new-password"
      required
    />
  )
}
