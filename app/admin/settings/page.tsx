import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { PARIS, whenText } from '#app/_i18n/time.ts'
import { getSetting, type HotlineCall, SETTING_DEFAULTS, type SettingKey } from '#app/cell/settings.ts'
import { Button, LinkButton } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { AdminHead } from '../head.tsx'
import { hotlineCall, settingChanges } from '../queries.ts'
import { changeSettingsAction, confirmHotlineAction } from './actions.ts'

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
      <HotlineCheck number={phone} call={await hotlineCall(actor, phone)} now={now} />
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

/** A number that nobody has called is only a number that was typed. */
async function HotlineCheck({ number, call, now }: { number: string; call: HotlineCall | null; now: Date }) {
  const t = await getTranslations('accounts')
  const locale = await getLocale()
  const when = call && whenText(new Date(call.at), { now, locale, timeZone: PARIS })
  return (
    <section aria-labelledby="hotline-check" className="grid max-w-3xl gap-3">
      <h2 id="hotline-check" className="text-xl">
        {t('settings.check')}
      </h2>
      <Notice tone={call ? 'ok' : 'warn'}>
        {call ? t('settings.called', { name: call.name, when: when ?? '' }) : t('settings.uncalled')}
      </Notice>
      <div className="flex flex-wrap items-start gap-3">
        <LinkButton href={`tel:${number.replace(/[^+\d]/g, '')}`} icon="phone">
          {t('settings.call_it', { number })}
        </LinkButton>
        <DoorForm action={confirmHotlineAction} name="hotline-called">
          <input type="hidden" name="number" value={number} />
          <Button>{t('settings.i_called')}</Button>
        </DoorForm>
      </div>
    </section>
  )
}
