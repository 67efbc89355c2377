import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormRadios, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { getSetting } from '#app/cell/settings.ts'
import { Button } from '#components/button.tsx'
import { CALLERS } from '#db/schema/instruction.ts'
import { SlotFields } from '../_parts/slots-form.tsx'
import { draftAction } from '../actions.ts'
import { readDraftDesk } from '../queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instructions'))('write') }
}

const KINDS = ['country', 'departement', 'region', 'zone'] as const

export default async function NewInstructionPage({
  searchParams,
}: {
  searchParams: Promise<{ incident?: string; number?: string; territory?: string }>
}) {
  const actor = await requireActor('instructions.write')
  const asked = await searchParams
  const t = await getTranslations('instructions')
  const words = await getTranslations('vocabulary')
  const { numbers, territories, incidents } = await readDraftDesk(actor)
  const operator = await getSetting('operator_name')
  return (
    <div className="grid max-w-4xl gap-6">
      <h1 className="text-3xl">{t('write')}</h1>
      <p className="max-w-[70ch] text-soft">{t('write_explain')}</p>
      <DoorForm action={draftAction} name="instruction" className="grid gap-5">
        <div className="grid gap-5 sm:grid-cols-2">
          <FormSelect
            name="failing"
            label={t('failing')}
            required
            empty={t('choose')}
            defaultValue={asked.number}
            options={numbers.map(({ number, labelFr }) => ({
              value: number,
              label: `${number} · ${labelFr}`,
            }))}
          />
          <FormSelect
            name="territoryCode"
            label={t('territory')}
            required
            empty={t('choose')}
            defaultValue={asked.territory}
            options={KINDS.map((kind) => ({
              label: words(`territoryKind.${kind}`),
              options: territories
                .filter((one) => one.kind === kind)
                .map(({ code, name }) => ({
                  value: code,
                  label: kind === 'departement' ? `${code} · ${name}` : name,
                })),
            }))}
          />
        </div>
        <FormRadios
          name="callers"
          label={t('callers')}
          layout="row"
          defaultValue="any"
          options={CALLERS.map((value) => ({ value, label: t(`callers_from.${value}`) }))}
        />
        <FormText name="operator" label={t('operator')} hint={t('operator_hint')} mark={t('optional')} />
        <FormSelect
          name="incident"
          label={t('incident')}
          mark={t('optional')}
          empty={t('no_incident')}
          defaultValue={asked.incident}
          options={incidents.map(({ reference, title }) => ({
            value: reference,
            label: `${reference} ${title ?? ''}`.trim(),
          }))}
        />
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
