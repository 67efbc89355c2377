import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea } from '#app/_doors/fields.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
import { RealHere } from '#app/exercises/_parts/real-here.tsx'
import { Button } from '#components/button.tsx'
import { pilotsAction } from '../actions.ts'
import { readPilots } from '../queries.ts'
import { PILOTS_EACH } from '../rules/waves.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('broadcasts'))('pilots') }
}

/** Known telephones, ten of each network: the first to be written to. */
export default async function PilotsPage() {
  const actor = await requireActor('instructions.decide')
  const t = await getTranslations('broadcasts')
  const known = await readPilots(actor)
  return (
    <div className="grid max-w-4xl gap-6">
      <h1 className="text-3xl">{t('pilots')}</h1>
      <p className="max-w-[70ch] text-soft">{t('pilots_explain', { count: PILOTS_EACH })}</p>
      <RealHere actor={actor} />
      <DoorForm action={pilotsAction} name="pilots" className="grid gap-4">
        <FormArea
          name="list"
          label={t('pilots')}
          hint={t('pilots_hint')}
          rows={12}
          most={20_000}
          defaultValue={known
            .map((one) => [showPhone(one.phone), one.network, one.holder].join(' ; '))
            .join('\n')}
        />
        <div>
          <Button kind="primary">{t('save')}</Button>
        </div>
      </DoorForm>
    </div>
  )
}
