import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Button } from '#components/button.tsx'
import { dialAction } from './actions.ts'

/** Beside a number, for whoever has a telephone at the switchboard: his own rings, then that number. */
export async function DialButton({
  phone,
  name,
  reference = null,
}: {
  phone: string
  /** Tells it from the others of its page. */
  name: string
  reference?: string | null
}) {
  const t = await getTranslations('calls')
  return (
    <DoorForm action={dialAction} name={`dial-${name}`} className="inline-grid gap-1">
      <input type="hidden" name="phone" value={phone} />
      {reference && <input type="hidden" name="reference" value={reference} />}
      <Button size="dense" icon="phone">
        {t('dial')}
      </Button>
    </DoorForm>
  )
}
