import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormBox, FormSelect, FormText } from '#app/_doors/fields.tsx'
import type { ChannelName } from '#app/notifications/channels/settings.ts'
import { Button } from '#components/button.tsx'
import { setMailAction, setPushAction, setSmsAction, setVoiceAction } from './actions.ts'
import { CHANNEL_FIELDS, type ChannelField, typedAt } from './fields.ts'

const ACTIONS = {
  sms: setSmsAction,
  voice: setVoiceAction,
  mail: setMailAction,
  push: setPushAction,
} as const

/** The settings of one channel, folded: opened by whoever changes them, and left as it is when the answer comes. */
export async function ChannelForm({ name, settings }: { name: ChannelName; settings: unknown }) {
  const t = await getTranslations('channels')
  return (
    <details>
      <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
        {t('settings')}
      </summary>
      <DoorForm action={ACTIONS[name]} name={`channel-${name}`} className="grid gap-5">
        {CHANNEL_FIELDS[name].map(({ key, fields }) => (
          <fieldset key={key} className="grid gap-4">
            <legend className="font-bold">{t(`group.${key as 'sms'}`)}</legend>
            <div className="grid items-start gap-4 sm:grid-cols-2">
              {fields.map((field) => (
                <Field key={field.name} channel={name} field={field} value={typedAt(settings, field.name)} />
              ))}
            </div>
          </fieldset>
        ))}
        <FormText
          id={`reason-${name}`}
          name="reason"
          label={t('reason')}
          hint={t('reason_hint')}
          required
          most={200}
          autoComplete="off"
        />
        <div>
          <Button kind="primary">{t('save')}</Button>
        </div>
      </DoorForm>
    </details>
  )
}

async function Field({
  channel,
  field: { name, kind, most },
  value,
}: {
  channel: ChannelName
  field: ChannelField
  value: string | undefined
}) {
  const t = await getTranslations('channels')
  const key = (name.split('.').at(-1) ?? name) as 'host'
  const own = { id: `${channel}.${name}`, label: t(`field.${key}`) }
  if (kind === 'box') return <FormBox {...own} name={`settings.${name}?`} defaultChecked={value === 'true'} />
  if (kind === 'content')
    return (
      <FormSelect
        {...own}
        name={`settings.${name}`}
        defaultValue={value ?? ''}
        options={[
          { value: '', label: '–' },
          { value: 'application/json', label: 'JSON' },
          { value: 'application/x-www-form-urlencoded', label: 'URL' },
        ]}
      />
    )
  if (kind === 'area')
    return <FormArea {...own} name={`settings.${name}`} defaultValue={value} most={most} rows={3} />
  return (
    <FormText
      {...own}
      name={`settings.${name}`}
      defaultValue={value}
      most={most}
      autoComplete="off"
      inputMode={kind === 'number' ? 'numeric' : undefined}
    />
  )
}
