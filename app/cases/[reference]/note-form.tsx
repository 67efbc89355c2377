import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormSelect } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import { Icon } from '#components/icon.tsx'
import { noteAction } from './actions.ts'
import { CtrlEnter } from './ctrl-enter.tsx'

/** Between colleagues, always at hand, whoever holds the case. It looks as its line in the journal will. */
export async function NoteForm({ reference }: { reference: string }) {
  const t = await getTranslations('cases')
  return (
    <section
      aria-labelledby="note"
      className="border border-l-[6px] border-dashed border-edge bg-sunken p-3"
      data-screen-only
    >
      <h2 id="note" className="mb-1 flex items-center gap-2 text-base">
        <Icon name="lock" /> {t('action.note')}{' '}
        <span className="text-sm font-normal text-soft">{t('about.note')}</span>
      </h2>
      <DoorForm action={noteAction} name="note" className="grid gap-2">
        <input type="hidden" name="reference" value={reference} />
        <FormArea
          name="text"
          id="note-text"
          label={t('field.note')}
          hideLabel
          required
          rows={2}
          className="min-h-16"
        />
        <div className="flex flex-wrap items-end gap-3">
          <FormSelect
            name="certainty"
            label={t('field.certainty')}
            hideLabel
            empty={t('field.certainty')}
            options={(['observed', 'reported', 'supposed'] as const).map((one) => ({
              value: one,
              label: t(`field.certainties.${one}`),
            }))}
          />
          <Button icon="lock">{t('action.note')}</Button>
        </div>
        <CtrlEnter />
      </DoorForm>
    </section>
  )
}
