import { getLocale, getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBox, FormRadios, FormSelect } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import { startAction } from '../actions.ts'
import { SPEEDS } from '../commands/run-exercise.ts'
import { MAX_DRILL_BYTES } from '../limits.ts'
import { shippedDrills } from '../shipped.ts'
import { DrillFileField } from './file-field.tsx'

/** Choose a drill, who answers, and how fast time goes. */
export async function StartForm() {
  const t = await getTranslations('drills')
  const locale = await getLocale()
  return (
    <DoorForm action={startAction} name="start" className="grid max-w-3xl gap-5">
      <FormRadios
        name="drill"
        label={t('start.drill')}
        layout="list"
        options={shippedDrills().map(({ name, drill }) => ({
          value: name,
          label: locale === 'fr' ? drill.titleFr : drill.title,
          hint: t('start.about', {
            label: t(/RECONSTRUCTED/.test(drill.label) ? 'label.reconstructed' : 'label.invented'),
            reports: drill.reports.length,
            hours: Math.round(drill.lastOffsetMin / 60),
          }),
        }))}
      />
      <DrillFileField
        label={t('start.file')}
        hint={t('start.file_hint')}
        tooLarge={t('refused.too_large')}
        most={MAX_DRILL_BYTES}
      />
      <FormRadios
        name="crew"
        label={t('start.crew')}
        layout="list"
        defaultValue="none"
        required
        options={(['none', 'standard'] as const).map((crew) => ({
          value: crew,
          label: t(`crews.${crew}`),
          hint: t(`crews.${crew}_hint`),
        }))}
      />
      <FormSelect
        name="speed"
        label={t('start.speed')}
        hint={t('start.speed_hint')}
        defaultValue="1"
        options={SPEEDS.map((speed) => ({ value: String(speed), label: t('speed', { speed }) }))}
      />
      <FormBox name="rings?" label={t('start.rings')} hint={t('start.rings_hint')} />
      <div>
        <Button kind="primary">{t('start.button')}</Button>
      </div>
    </DoorForm>
  )
}
