import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Button } from '#components/button.tsx'
import { askStrongAction } from './actions.ts'

/** Whether more than a passphrase is asked of everybody who signs in for this organisation. */
export async function StrongForm({ id, asked }: { id: number; asked: boolean }) {
  const t = await getTranslations('accounts')
  return (
    <DoorForm action={askStrongAction} name="strong" className="grid max-w-3xl gap-2">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="asked" value={String(!asked)} />
      <p className="max-w-[65ch] text-soft">{asked ? t('strong.on') : t('strong.off')}</p>
      <div>
        <Button>{asked ? t('strong.stop') : t('strong.ask')}</Button>
      </div>
    </DoorForm>
  )
}
