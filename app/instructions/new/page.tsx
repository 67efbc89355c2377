import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormRadios, FormText } from '#app/_doors/fields.tsx'
import { getSetting } from '#app/cell/settings.ts'
import { Button } from '#components/button.tsx'
import { CALLERS } from '#db/schema/instruction.ts'
import { AboutIncident, NumberAndPlace } from '../_parts/about-fields.tsx'
import { SlotFields } from '../_parts/slots-form.tsx'
import { draftAction } from '../actions.ts'
import { readDraftDesk } from '../queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instructions'))('write') }
}

export default async function NewInstructionPage({
  searchParams,
}: {
  searchParams: Promise<{ incident?: string; number?: string; territory?: string }>
}) {
  const actor = await requireActor('instructions.write')
  const asked = await searchParams
  const t = await getTranslations('instructions')
  const desk = await readDraftDesk(actor)
  const operator = await getSetting('operator_name')
  return (
    <div className="grid max-w-4xl gap-6">
      <h1 className="text-3xl">{t('write')}</h1>
      <p className="max-w-[70ch] text-soft">{t('write_explain')}</p>
      <DoorForm action={draftAction} name="instruction" className="grid gap-5">
        <NumberAndPlace desk={desk} name="failing" label={t('failing')} asked={asked} />
        <FormRadios
          name="callers"
          label={t('callers')}
          layout="row"
          defaultValue="any"
          options={CALLERS.map((value) => ({ value, label: t(`callers_from.${value}`) }))}
        />
        <FormText name="operator" label={t('operator')} hint={t('operator_hint')} mark={t('optional')} />
        <AboutIncident desk={desk} asked={asked.incident} />
        <SlotFields slots={{ who: operator, fails: '', where: '', todo: '', until: '' }} />
        <div>
          <Button kind="primary" size="large">
            {t('save_draft')}
          </Button>
        </div>
      </DoorForm>
    </div>
  )
}
