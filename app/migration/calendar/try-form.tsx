import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea } from '#app/_doors/fields.tsx'
import { MAX_BYTES } from '#app/directory/import-file.ts'
import { Button } from '#components/button.tsx'
import { Field } from '#components/field.tsx'
import { hintId } from '#components/field-ids.ts'
import { FileInput } from '#components/file-input.tsx'
import { tryCalendarAction } from './actions.ts'

export async function TryForm({ again = false }: { again?: boolean }) {
  const t = await getTranslations('migration')
  return (
    <DoorForm action={tryCalendarAction} name="calendar" className="grid max-w-4xl grid-cols-1 gap-5">
      <Field id="file" label={t('calendar.file')} hint={t('calendar.file_hint')}>
        <FileInput
          name="file"
          accept=".csv,.txt,text/csv,text/plain"
          aria-describedby={hintId('file')}
          tooLarge={t('calendar.fault.too_large')}
          most={MAX_BYTES}
        />
      </Field>
      <FormArea
        name="text"
        label={t('calendar.paste')}
        rows={5}
        most={MAX_BYTES}
        wrap="off"
        spellCheck={false}
        className="max-h-96 overflow-auto font-mono text-sm"
      />
      <div>
        <Button kind={again ? 'secondary' : 'primary'}>
          {t(again ? 'calendar.try_again' : 'calendar.try')}
        </Button>
      </div>
    </DoorForm>
  )
}
