import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBox, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { AboutIncident, NumberAndPlace } from '#app/instructions/_parts/about-fields.tsx'
import { readDraftDesk } from '#app/instructions/queries.ts'
import { Button } from '#components/button.tsx'
import { planAction } from '../actions.ts'
import { readOwners } from '../queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('fallbacks'))('plan') }
}

export default async function NewFallbackPage() {
  const actor = await requireActor('instructions.write')
  const [t, words] = [await getTranslations('fallbacks'), await getTranslations('instructions')]
  const [desk, owners] = await Promise.all([readDraftDesk(actor), readOwners(actor)])
  return (
    <div className="grid max-w-4xl gap-6">
      <h1 className="text-3xl">{t('plan')}</h1>
      <DoorForm action={planAction} name="fallback" className="grid gap-5">
        <NumberAndPlace desk={desk} name="covers" label={t('covers')} />
        <FormSelect
          name="organisationId"
          label={t('owner')}
          required
          empty={words('choose')}
          options={owners.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
        <FormText
          name="phone"
          type="tel"
          label={t('phone')}
          hint={t('phone_hint')}
          required
          autoComplete="off"
        />
        <FormText name="capacity" type="number" min={1} label={t('capacity')} required />
        <AboutIncident desk={desk} />
        <FormBox name="reroute?" label={t('reroute')} />
        <FormBox name="probed?" label={t('probed')} />
        <div>
          <Button kind="primary" size="large">
            {t('save')}
          </Button>
        </div>
      </DoorForm>
    </div>
  )
}
