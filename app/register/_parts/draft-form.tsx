import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormBox, FormBoxes, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import type { registerRecord } from '#db/schema/register.ts'
import { LABELS } from '#db/schema/register.ts'
import { dropAction, publishAction, saveDraftAction } from '../actions.ts'
import { ANONYMITY_FIELDS } from '../rules/anonymity.ts'
import {
  CIRAS,
  CONFIDENCES,
  DETECTORS,
  EXTENTS,
  FAMILIES,
  HELD,
  type Loss,
  NETWORKS,
  PRECISIONS,
  ROLES,
  WORKS,
} from '../rules/record.ts'

/** Every field of a draft, to be read and completed by a person; then, and only then, it is published. */
export async function DraftForm({ draft }: { draft: typeof registerRecord.$inferSelect }) {
  const t = await getTranslations('register')
  const loss = draft.loss as Loss
  const text = (name: string, label: string, value: string | number | null, type?: 'number') => (
    <FormText
      id={name}
      name={name}
      label={label}
      type={type}
      step={type && 'any'}
      defaultValue={value ?? undefined}
      autoComplete="off"
    />
  )
  const choice = (name: string, label: string, group: string, values: readonly string[], value: string) => (
    <FormSelect
      id={name}
      name={name}
      label={label}
      defaultValue={value}
      options={values.map((one) => ({ value: one, label: t(`${group}.${one}` as never) }))}
    />
  )
  const area = (name: string, label: string, value: string | null, hint?: string) => (
    <FormArea
      id={name}
      name={name}
      label={label}
      hint={hint}
      defaultValue={value ?? undefined}
      rows={2}
      most={2000}
    />
  )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <DoorForm action={saveDraftAction} name="draft" className="grid max-w-5xl gap-4">
        <input type="hidden" name="recordId" value={draft.recordId} />
        <input type="hidden" name="edits" value={draft.edits} />
        <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {text('country', t('field.country_code'), loss.country)}
          {text('operator.name', t('field.operator'), loss.operator.name)}
          {choice('operator.role', t('field.role'), 'role', ROLES, loss.operator.role)}
          {text('numbers', t('field.numbers'), loss.numbers.join(' '))}
          {choice('territory.extent', t('field.extent'), 'extent', EXTENTS, loss.territory.extent)}
          {text('territory.zone', t('field.zone'), loss.territory.zone)}
          {text('times.began.at', t('field.began'), loss.times.began.at)}
          {choice(
            'times.began.precision',
            t('field.precision'),
            'precision',
            PRECISIONS,
            loss.times.began.precision,
          )}
          {text('durationMin', t('field.duration'), loss.durationMin, 'number')}
          {text('times.ended.at', t('field.ended'), loss.times.ended.at)}
          {choice(
            'times.ended.precision',
            t('field.precision_end'),
            'precision',
            PRECISIONS,
            loss.times.ended.precision,
          )}
          {choice('works', t('field.works'), 'works', WORKS, loss.works)}
          {text('impact.failedCalls', t('field.failed'), loss.impact.failedCalls, 'number')}
          {text('impact.sharePct', t('field.share'), loss.impact.sharePct, 'number')}
          {text('impact.people', t('field.people'), loss.impact.people ?? null, 'number')}
          {choice('detection.by', t('field.detected'), 'detector', DETECTORS, loss.detection.by)}
          {text('detection.afterMin', t('field.after_min'), loss.detection.afterMin, 'number')}
          {text(
            'authorities.informedAfterMin',
            t('field.informed'),
            loss.authorities.informedAfterMin,
            'number',
          )}
          {choice('cause.family', t('field.cause_family'), 'family', FAMILIES, loss.cause.family)}
          {choice('cause.ciras', t('field.ciras'), 'ciras', CIRAS, loss.cause.ciras)}
          {choice('fallback.held', t('field.held'), 'held', HELD, loss.fallback.held)}
          {choice('confidence', t('field.confidence'), 'confidence', CONFIDENCES, loss.confidence)}
        </div>
        <FormBox
          id="cause.thirdParty"
          name="cause.thirdParty?"
          label={t('field.third_party')}
          defaultChecked={loss.cause.thirdParty}
        />
        <FormBoxes
          name="networks[]"
          label={t('field.networks')}
          layout="row"
          defaultValues={loss.networks}
          options={NETWORKS.map((one) => ({ value: one, label: t(`network.${one}`) }))}
        />
        <div className="grid gap-4 lg:grid-cols-2">
          {area('territory.words', t('field.territory'), loss.territory.words)}
          {area('impact.words', t('field.impact_words'), loss.impact.words)}
          {area('detection.words', t('field.detection_words'), loss.detection.words)}
          {area('authorities.words', t('field.authorities_words'), loss.authorities.words)}
          {area('cause.words', t('field.cause_words'), loss.cause.words)}
          {area('fallback.words', t('field.fallback_words'), loss.fallback.words)}
          {area('consequence', t('field.consequence'), loss.consequence)}
          {area('learned', t('field.learned'), loss.learned)}
          {area(
            'doubts',
            t('field.doubts'),
            loss.doubts.map(({ field, why }) => `${field} : ${why}`).join('\n'),
            t('field.doubts_hint'),
          )}
          {area('sources', t('field.sources'), loss.sources.join('\n'), t('field.sources_hint'))}
        </div>
        <FormSelect
          id="tlp"
          name="tlp"
          label={t('field.tlp')}
          hint={t('field.tlp_hint')}
          defaultValue={draft.tlp}
          options={LABELS.map((label) => ({ value: label, label }))}
        />
        <FormBoxes
          name="anonymised[]"
          label={t('field.anonymised')}
          hint={t('field.anonymised_hint')}
          layout="row"
          defaultValues={draft.anonymised}
          options={ANONYMITY_FIELDS.map((field) => ({ value: field, label: t(`hide.${field}`) }))}
        />
        <div>
          <Button kind="primary">{t('draft.save')}</Button>
        </div>
      </DoorForm>
      <div className="flex flex-wrap items-start gap-3">
        <DoorForm action={publishAction} name="publish">
          <input type="hidden" name="recordId" value={draft.recordId} />
          <input type="hidden" name="edits" value={draft.edits} />
          <Button>{t('draft.publish')}</Button>
        </DoorForm>
        <DoorForm action={dropAction} name="drop">
          <input type="hidden" name="recordId" value={draft.recordId} />
          <Button kind="quiet">{t('draft.drop')}</Button>
        </DoorForm>
      </div>
    </div>
  )
}
