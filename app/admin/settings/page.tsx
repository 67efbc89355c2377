import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { getSetting, SETTING_DEFAULTS, type SettingKey } from '#app/cell/settings.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { AdminHead } from '../head.tsx'
import { settingChanges } from '../queries.ts'
import { changeSettingsAction } from './actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('settings.title') }
}

/** What is said aloud on every page; each change with its reason, in the journal and below. */
export default async function SettingsPage() {
  const actor = await requireActor('settings.keep')
  const now = new Date(requestTime())
  const changes = await settingChanges(actor)
  const t = await getTranslations('accounts')
  const [phone, operator] = [await getSetting('hotline_phone'), await getSetting('operator_name')]
  const name = (key: unknown) =>
    typeof key === 'string' && key in SETTING_DEFAULTS ? t(`settings.${key as SettingKey}`) : String(key)
  return (
    <div className="grid gap-8">
      <AdminHead title={t('settings.title')} at="/settings" />
      <DoorForm action={changeSettingsAction} name="settings" className="grid max-w-3xl gap-5">
        <FormText
          name="hotline_phone"
          type="tel"
          label={t('settings.hotline_phone')}
          hint={t('settings.hotline_phone_hint')}
          defaultValue={phone}
          required
          autoComplete="off"
        />
        <FormText
          name="operator_name"
          label={t('settings.operator_name')}
          hint={t('settings.operator_name_hint')}
          defaultValue={operator}
          required
          most={120}
          autoComplete="off"
        />
        <FormText
          name="reason"
          label={t('settings.reason')}
          hint={t('settings.reason_hint')}
          required
          most={200}
          autoComplete="off"
        />
        <div>
          <Button kind="primary">{t('settings.save')}</Button>
        </div>
      </DoorForm>
      <DataTable
        caption={t('settings.changes')}
        showCaption
        rows={changes}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('settings.no_change')} />}
        columns={[
          { key: 'what', head: t('settings.what'), rowHead: true, cell: ({ data }) => name(data.key) },
          { key: 'from', head: t('settings.from'), cell: ({ data }) => String(data.from ?? '–') },
          { key: 'to', head: t('settings.to'), cell: ({ data }) => String(data.to ?? '–') },
          { key: 'why', head: t('settings.why'), cell: ({ data }) => String(data.reason ?? '–') },
          { key: 'who', head: t('settings.who'), cell: (row) => row.name },
          { key: 'when', head: t('settings.when'), cell: (row) => <Moment at={row.at} now={now} /> },
        ]}
      />
    </div>
  )
}
