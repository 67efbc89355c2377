import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormSelect, FormText } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import type { Option } from '#components/field.tsx'
import { addShiftAction } from '../actions.ts'

/** `people`: who may be chosen; those without two verified ways to be reached are there, and cannot. */
export async function AddShift({ people }: { people: Option[] }) {
  const [t, words] = [await getTranslations('cell'), await getTranslations('vocabulary')]
  return (
    <section className="grid max-w-3xl gap-4">
      <h2 className="text-xl">{t('roster.add')}</h2>
      <DoorForm action={addShiftAction} name="shift" className="grid gap-4 sm:grid-cols-2 sm:items-end">
        <FormSelect
          name="accountId"
          label={t('roster.who')}
          hint={t('roster.two_ways')}
          options={people}
          empty={t('roster.choose')}
          required
        />
        <FormSelect
          name="role"
          label={t('roster.role')}
          required
          options={(['director', 'lead', 'agent', 'admin'] as const).map((role) => ({
            value: role,
            label: words(`role.${role}`),
          }))}
        />
        <FormText name="fromAt@Europe/Paris" type="datetime-local" label={t('roster.from')} required />
        <FormText name="toAt@Europe/Paris" type="datetime-local" label={t('roster.to')} required />
        <FormSelect
          name="rank"
          label={t('roster.rank')}
          defaultValue="1"
          options={[1, 2, 3].map((rank) => ({
            value: String(rank),
            label: t('roster.rank_n', { rank }),
          }))}
        />
        <div className="self-end">
          <Button kind="primary">{t('roster.add_button')}</Button>
        </div>
      </DoorForm>
    </section>
  )
}
