import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormRadios, FormText } from '#app/_doors/fields.tsx'
import { changesFrom } from '#app/crisis/rules/cell-state.ts'
import { Button } from '#components/button.tsx'
import type { CellStateName } from '#db/schema/crisis.ts'
import { changeStateAction } from './actions.ts'

/** Each change says to what, why and who was told (DOMAIN §6). */
export async function ChangeState({ from }: { from: CellStateName }) {
  const t = await getTranslations('cell')
  return (
    <section className="grid max-w-2xl gap-4">
      <h2 className="text-xl">{t('change')}</h2>
      <DoorForm action={changeStateAction} name="cell-state" className="grid gap-4">
        <FormRadios
          name="to"
          label={t('to')}
          layout="list"
          required
          options={changesFrom(from).map((state) => ({
            value: state,
            label: t(`states.${state}`),
            hint: t(`hints.${state}`),
          }))}
        />
        <FormArea name="why" label={t('why_label')} required rows={2} />
        <FormText name="toldTo" label={t('told')} hint={t('told_hint')} />
        <div>
          <Button kind="primary">{t('change_button')}</Button>
        </div>
      </DoorForm>
    </section>
  )
}
