import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Button } from '#components/button.tsx'
import { setActiveAction } from './actions.ts'

/** Out of use, or in use again: nothing of the directory is ever deleted. */
export async function ActiveForm({
  kind,
  id,
  active,
}: {
  kind: 'organisation' | 'post' | 'contact' | 'site'
  id: number
  active: boolean
}) {
  const t = await getTranslations('directory')
  return (
    <DoorForm
      action={setActiveAction}
      name="active"
      className="grid max-w-3xl gap-2 border-t border-line pt-4"
    >
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="active" value={String(!active)} />
      <p className="text-sm text-soft">{t('state.why')}</p>
      <div>
        <Button>{active ? t('state.put_out') : t('state.put_back')}</Button>
      </div>
    </DoorForm>
  )
}
