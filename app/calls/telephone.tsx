import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import { nameTelephoneAction } from './actions.ts'

/** My own telephone at the switchboard: what makes a call pop on my screen and no other. */
export async function Telephone({ name }: { name: string | null }) {
  const t = await getTranslations('calls')
  return (
    <details open={name === null} className="max-w-3xl rounded-m border border-line p-3">
      <summary className="min-h-9 font-semibold coarse:min-h-11">
        {name ? t('telephone.mine', { name }) : t('telephone.none')}
      </summary>
      <DoorForm
        action={nameTelephoneAction}
        name="telephone"
        className="grid gap-3 sm:grid-cols-[1fr_auto] sm:items-end"
      >
        <FormText
          id="telephone-name"
          name="name"
          label={t('telephone.name')}
          hint={t('telephone.hint')}
          defaultValue={name ?? ''}
        />
        <Button>{t('telephone.save')}</Button>
      </DoorForm>
    </details>
  )
}
