import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBox, FormSelect, FormText } from '#app/_doors/fields.tsx'
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
  const [{ numbers, territories, incidents }, owners] = await Promise.all([
    readDraftDesk(actor),
    readOwners(actor),
  ])
  return (
    <div className="grid max-w-4xl gap-6">
      <h1 className="text-3xl">{t('plan')}</h1>
      <DoorForm action={planAction} name="fallback" className="grid gap-5">
        <FormSelect
          name="covers"
          label={t('covers')}
          required
          empty={words('choose')}
          options={numbers.map(({ number, labelFr }) => ({ value: number, label: `${number} · ${labelFr}` }))}
        />
        <FormSelect
          name="territoryCode"
          label={words('territory')}
          required
          empty={words('choose')}
          options={territories.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
        />
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
        <FormSelect
          name="incident"
          label={words('incident')}
          mark={words('optional')}
          empty={words('no_incident')}
          options={incidents.map(({ reference, title }) => ({
            value: reference,
            label: `${reference} ${title ?? ''}`.trim(),
          }))}
        />
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
