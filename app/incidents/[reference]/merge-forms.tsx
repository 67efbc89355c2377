import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormBoxes, FormSelect } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import { mergeAction, splitAction } from '../actions.ts'
import type { IncidentPage } from '../queries.ts'
import { incidentChoice } from '../rules/name.ts'
import { Fold } from './forms.tsx'

/** Several cases at once, into another incident or one of their own: the reason is said once. */
export async function SplitForm({ page }: { page: IncidentPage }) {
  const t = await getTranslations('incidents')
  if (page.attached.length === 0) return null
  return (
    <Fold title={t('form.split')}>
      <DoorForm action={splitAction} name="incident-split" className="grid gap-3">
        <input type="hidden" name="incident" value={page.reference} />
        <FormBoxes
          name="cases[]"
          label={t('form.split_cases')}
          hint={t('form.split_hint')}
          options={page.attached.map((one) => ({
            value: one.reference,
            label: `${one.reference} · ${one.organisation ?? one.territoryName}`,
          }))}
        />
        <FormSelect
          name="into"
          id="split-into"
          label={t('form.split_into')}
          empty={t('form.split_new')}
          options={othersOf(page)}
        />
        <FormArea name="reason" id="split-reason" label={t('form.why')} required rows={2} />
        <div>
          <Button>{t('form.split_send')}</Button>
        </div>
      </DoorForm>
    </Fold>
  )
}

export async function MergeForm({ page }: { page: IncidentPage }) {
  const t = await getTranslations('incidents')
  const others = othersOf(page)
  if (others.length === 0) return null
  return (
    <Fold title={t('form.merge')}>
      <DoorForm action={mergeAction} name="incident-merge" className="grid gap-3">
        <input type="hidden" name="incident" value={page.reference} />
        <p className="text-sm text-soft">{t('form.merge_hint')}</p>
        <FormSelect name="into" id="merge-into" label={t('form.merge_into')} empty="–" options={others} />
        <FormArea name="reason" id="merge-reason" label={t('form.why')} required rows={2} />
        <div>
          <Button>{t('form.merge_send')}</Button>
        </div>
      </DoorForm>
    </Fold>
  )
}

function othersOf(page: IncidentPage) {
  return page.others.filter((one) => one.reference !== page.reference).map(incidentChoice)
}
