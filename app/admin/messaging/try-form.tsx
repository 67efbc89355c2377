import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormSelect } from '#app/_doors/fields.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
import type { ChannelName } from '#app/notifications/channels/settings.ts'
import { Button } from '#components/button.tsx'
import { tryChannelAction } from './actions.ts'

type Way = { id: number; value: string }

/** A message to one's own way: whoever tries a channel sees that it arrives, and acknowledges it. */
export async function TryForm({ name, ways }: { name: ChannelName; ways: Record<ChannelName, Way[]> }) {
  const t = await getTranslations('channels')
  const own = ways[name]
  if (own.length === 0)
    return (
      <p className="text-soft">
        {t('try.none')}{' '}
        <a href={name === 'push' ? '/inbox' : '/cell/roster'}>
          {t(name === 'push' ? 'try.inbox' : 'try.roster')}
        </a>
      </p>
    )
  return (
    <DoorForm action={tryChannelAction} name={`try-${name}`} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="channel" value={name} />
      <FormSelect
        id={`try-${name}`}
        name="wayId"
        label={t('try.to')}
        options={own.map(({ id, value }) => ({ value: String(id), label: showPhone(value) }))}
      />
      <Button>{t('try.button')}</Button>
    </DoorForm>
  )
}
