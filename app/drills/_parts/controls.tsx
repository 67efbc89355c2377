import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Button } from '#components/button.tsx'
import { enterAction, leaveAction, resumeAction, stopAction } from '../actions.ts'

/** What one may do with an exercise that is not over; `place` tells the frame's buttons from the page's. */
export async function Controls({
  exercise: { id, state },
  actor,
  inside,
  place,
}: {
  exercise: { id: number; state: 'running' | 'set_aside' | 'stopped' | 'finished' }
  actor: AccountActor
  inside: boolean
  place: 'frame' | 'page'
}) {
  const t = await getTranslations('drills')
  const size = place === 'frame' ? 'dense' : undefined
  const own = <input type="hidden" name="id" value={id} />
  return (
    <div className="flex flex-wrap items-center gap-2" data-screen-only>
      {state === 'running' && !inside && (
        <form action={enterAction}>
          {own}
          <Button kind="primary" size={size}>
            {t('enter')}
          </Button>
        </form>
      )}
      {inside && (
        <form action={leaveAction}>
          {own}
          <input type="hidden" name="to" value="exercise" />
          <Button size={size}>{t('leave')}</Button>
        </form>
      )}
      {state === 'set_aside' && may(actor, 'exercises.run') && (
        <DoorForm action={resumeAction} name={`resume-${place}`}>
          {own}
          <Button size={size}>{t('resume')}</Button>
        </DoorForm>
      )}
      {(state === 'running' || state === 'set_aside') && may(actor, 'exercises.run') && (
        <DoorForm action={stopAction} name={`stop-${place}`}>
          {own}
          <Button kind="danger" size={size}>
            {t('stop')}
          </Button>
        </DoorForm>
      )}
    </div>
  )
}
