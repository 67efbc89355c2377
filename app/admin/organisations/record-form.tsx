import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { requestTime } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import type { FormDoor } from '#app/_doors/form-data.ts'
import { momentText } from '#app/_i18n/time.ts'
import { SaveRow, type Written } from './save-row.tsx'

export type Change = { name: string; at: Date } | null

/** The form of one record of the directory: new without `record`, else with what was shown and who changed it last. */
export async function RecordForm({
  action,
  name,
  organisationId,
  record,
  written,
  change,
  children,
}: {
  action: FormDoor
  name: string
  organisationId?: number
  record: { id: number; version: string } | null
  written: Written[]
  change: Change
  children: ReactNode
}) {
  const t = await getTranslations('directory')
  const locale = await getLocale()
  return (
    <DoorForm action={action} name={name} className="grid max-w-3xl gap-5">
      {record && <input type="hidden" name="id" value={record.id} />}
      {organisationId && <input type="hidden" name="organisationId" value={organisationId} />}
      {children}
      <SaveRow
        seen={record?.version ?? ''}
        written={written}
        words={{
          save: record ? t('save') : t('create'),
          over: t('save_over'),
          title: t('conflict.title', { name: change?.name ?? t('conflict.somebody') }),
          text: t('conflict.text'),
          same: t('conflict.same'),
          field: t.raw('conflict.field'),
          blank: t('conflict.blank'),
          added: t.raw('conflict.added'),
          removed: t.raw('conflict.removed'),
          would_add: t.raw('conflict.would_add'),
          would_remove: t.raw('conflict.would_remove'),
        }}
      />
      {change && (
        <p className="text-sm text-soft">
          {t('last_change', { name: change.name })}{' '}
          {momentText(change.at, { now: new Date(requestTime()), locale })}
        </p>
      )}
    </DoorForm>
  )
}
