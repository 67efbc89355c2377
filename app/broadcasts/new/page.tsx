import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormBox, FormBoxes, FormFile, FormRadios, FormText } from '#app/_doors/fields.tsx'
import { textOf } from '#app/instructions/rules/text.ts'
import { Button, LinkButton } from '#components/button.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { ORGANISATION_KINDS } from '#db/schema/directory.ts'
import { prepareAction } from '../actions.ts'
import { LONGEST_LIST } from '../input.ts'
import { readSendable } from '../queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('broadcasts'))('prepare') }
}

export default async function NewBroadcastPage({
  searchParams,
}: {
  searchParams: Promise<{ instruction?: string }>
}) {
  const actor = await requireActor('instructions.decide')
  const t = await getTranslations('broadcasts')
  const words = await getTranslations('vocabulary')
  const sendable = await readSendable(actor)
  const asked = (await searchParams).instruction
  if (sendable.length === 0)
    return (
      <EmptyState
        title={t('none_in_force')}
        actions={<LinkButton href="/instructions">{t('to_instructions')}</LinkButton>}
      >
        {t('none_in_force_explain')}
      </EmptyState>
    )
  return (
    <div className="grid max-w-4xl gap-6">
      <h1 className="text-3xl">{t('prepare')}</h1>
      <p className="max-w-[70ch] text-soft">{t('prepare_explain')}</p>
      <DoorForm action={prepareAction} name="broadcast" className="grid gap-5">
        <FormRadios
          name="instructionId"
          label={t('instruction')}
          layout="list"
          defaultValue={asked ?? String(sendable[0]?.id)}
          options={sendable.map((one) => ({
            value: String(one.id),
            label: t('of_instruction', { number: one.number }),
            hint: textOf(one.slots),
          }))}
        />
        <FormBoxes
          name="kinds[]"
          label={t('kinds')}
          hint={t('kinds_hint')}
          layout="grid"
          options={ORGANISATION_KINDS.filter((kind) => kind !== 'cell').map((kind) => ({
            value: kind,
            label: words(`organisationKind.${kind}`),
          }))}
        />
        <FormArea name="list" label={t('list')} hint={t('list_hint')} rows={5} most={LONGEST_LIST} />
        <FormFile
          name="file"
          label={t('list_file')}
          hint={t('list_file_hint')}
          accept=".csv,.txt,text/csv,text/plain"
          most={LONGEST_LIST}
          tooLarge={t('list_too_large')}
        />
        <FormBox name="consented?" label={t('consented')} />
        <FormText name="purpose" label={t('purpose')} hint={t('purpose_hint')} required />
        <FormText name="price" label={t('price')} type="number" step="0.01" min={0} defaultValue="4.5" />
        <div>
          <Button kind="primary" size="large">
            {t('preview')}
          </Button>
        </div>
      </DoorForm>
    </div>
  )
}
