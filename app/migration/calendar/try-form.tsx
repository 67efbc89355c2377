import { getTranslations } from 'next-intl/server'
import { UploadForm } from '#app/_doors/upload-form.tsx'
import { tryCalendarAction } from './actions.ts'

export async function TryForm({ again }: { again?: boolean }) {
  const t = await getTranslations('migration')
  return (
    <UploadForm
      action={tryCalendarAction}
      name="calendar"
      file={t('calendar.file')}
      hint={t('calendar.file_hint')}
      accept=".csv,.txt,text/csv,text/plain"
      send={t('calendar.try')}
      again={again}
    />
  )
}
