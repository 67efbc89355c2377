import { getTranslations } from 'next-intl/server'
import { UploadForm } from '#app/_doors/upload-form.tsx'
import { tryImportAction } from './actions.ts'

/** `content`: what was tried before, to be corrected. */
export async function TryForm(before: { content?: string; again?: boolean }) {
  const t = await getTranslations('directory')
  return (
    <UploadForm
      action={tryImportAction}
      name="import"
      file={t('import.file')}
      hint={t('import.file_hint')}
      pasteHint={t('import.paste_hint')}
      accept=".csv,.txt,.tsv,text/csv,text/plain"
      send={t('import.try')}
      {...before}
    />
  )
}
