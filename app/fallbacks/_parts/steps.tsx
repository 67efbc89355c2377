import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import type { FormDoor } from '#app/_doors/form-data.ts'
import { Button, type ButtonKind } from '#components/button.tsx'
import { announceAction, closeAction, openAction, publishAction, rerouteAction } from '../actions.ts'
import type { FallbackRead } from '../queries.ts'

/** What may be done to it now, in its order: open, publish, announce its end, close, take the reroute out. */
export async function FallbackSteps({ one }: { one: FallbackRead }) {
  const t = await getTranslations('fallbacks')
  return (
    <div className="grid gap-6">
      {one.state === 'planned' && (
        <Step one={one} action={openAction} name="open" label={t('open')} kind="primary">
          <FormText
            name="endsAt@Europe/Paris"
            type="datetime-local"
            label={t('ends')}
            hint={t('ends_hint')}
            required
          />
        </Step>
      )}
      {one.state === 'open' && !one.publishedAt && (
        <Step one={one} action={publishAction} name="publish" label={t('publish')} kind="primary">
          <FormText name="where" label={t('publish_where')} required />
        </Step>
      )}
      {one.state === 'open' && !one.announcedAt && (
        <Step one={one} action={announceAction} name="announce" label={t('announce')} />
      )}
      {one.state !== 'closed' && (
        <Step one={one} action={closeAction} name="close" label={t('close')} kind="danger" />
      )}
      {one.reroute && !one.rerouteOutAt && one.state !== 'planned' && (
        <Step one={one} action={rerouteAction} name="reroute" label={t('take_reroute_out')} />
      )}
    </div>
  )
}

function Step({
  one,
  action,
  name,
  label,
  kind = 'secondary',
  children,
}: {
  one: FallbackRead
  action: FormDoor
  name: string
  label: string
  kind?: ButtonKind
  children?: ReactNode
}) {
  return (
    <DoorForm
      action={action}
      name={`${name}-${one.id}`}
      className="grid gap-3 sm:grid-cols-[minmax(0,28rem)_auto] sm:items-end sm:justify-start"
    >
      <input type="hidden" name="fallbackId" value={one.id} />
      <input type="hidden" name="version" value={one.version} />
      {children}
      <div>
        <Button kind={kind}>{label}</Button>
      </div>
    </DoorForm>
  )
}
