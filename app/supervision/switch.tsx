import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { switchAction } from './actions.ts'
import type { Supervision } from './queries.ts'

/** The switch that stops every probe at once, and whether it is thrown. */
export async function ProbeSwitch({
  of: { stoppedAt, stoppedBy },
  actor,
  now,
}: {
  of: Pick<Supervision, 'stoppedAt' | 'stoppedBy'>
  actor: AccountActor
  now: Date
}) {
  const t = await getTranslations('supervision')
  const form = may(actor, 'supervision.keep') && (
    <DoorForm action={switchAction} name="switch">
      <input type="hidden" name="stop" value={stoppedAt ? 'go' : 'stop'} />
      <Button kind={stoppedAt ? 'primary' : 'danger'}>
        {t(stoppedAt ? 'switch.resume' : 'switch.stop')}
      </Button>
    </DoorForm>
  )
  if (!stoppedAt) return form || null
  return (
    <Notice tone="warn" title={t('switch.stopped')} actions={form}>
      {t('switch.stopped_by', { name: stoppedBy ?? '' })} <Moment at={new Date(stoppedAt)} now={now} />
    </Notice>
  )
}
