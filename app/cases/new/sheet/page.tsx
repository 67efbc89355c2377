import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import { readInAction } from './actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('kept'))('read_in.title') }
}

/** For the cell: a sheet that a centre without a network printed, or the file that it saved. */
export default async function ReadInPage() {
  await requireActor('cases.work')
  const t = await getTranslations('kept')
  return (
    <div className="mx-auto grid max-w-2xl gap-4">
      <h1 className="text-3xl">{t('read_in.title')}</h1>
      <p>{t('read_in.intro')}</p>
      <DoorForm action={readInAction} name="sheet" className="grid gap-4">
        <FormArea name="told" label={t('read_in.told')} rows={8} />
        <div>
          <Button kind="primary" size="large">
            {t('read_in.send')}
          </Button>
        </div>
      </DoorForm>
    </div>
  )
}
