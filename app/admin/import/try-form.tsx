import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea } from '#app/_doors/fields.tsx'
import { MAX_BYTES } from '#app/directory/import-file.ts'
import { Button } from '#components/button.tsx'
import { Field } from '#components/field.tsx'
import { hintId } from '#components/field-ids.ts'
import { FileInput } from '#components/file-input.tsx'
import { tryImportAction } from './actions.ts'

/** A file or pasted lines, to be tried. `content`: what was tried before, to be corrected. */
export async function TryForm({ content = '', again = false }: { content?: string; again?: boolean }) {
  const t = await getTranslations('directory')
  return (
    <DoorForm action={tryImportAction} name="import" className="grid max-w-4xl grid-cols-1 gap-5">
      <Field id="file" label={t('import.file')} hint={t('import.file_hint')}>
        <FileInput
          name="file"
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          aria-describedby={hintId('file')}
          tooLarge={t('import.too_large_here')}
          most={MAX_BYTES}
        />
      </Field>
      <FormArea
        name="text"
        label={t('import.paste')}
        hint={t('import.paste_hint')}
        defaultValue={content}
        rows={8}
        most={MAX_BYTES}
        wrap="off"
        spellCheck={false}
        className="max-h-96 overflow-auto font-mono text-sm"
      />
      <div>
        <Button kind={again ? 'secondary' : 'primary'}>
          {again ? t('import.try_again') : t('import.try')}
        </Button>
      </div>
    </DoorForm>
  )
}
