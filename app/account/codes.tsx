import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import type { OwnWays } from '#app/sign-in/queries.ts'
import { Button } from '#components/button.tsx'
import { makeCodesAction } from './actions.ts'
import { HandedCodes } from './handed-codes.tsx'

/** Codes on paper, for the day when all else is lost. */
export async function Codes({ ways, fresh }: { ways: OwnWays; fresh: boolean }) {
  const t = await getTranslations('auth')
  return (
    <section aria-labelledby="codes" className="grid gap-3">
      <h3 id="codes" className="text-lg">
        {t('ways.codes')}
      </h3>
      <p className="max-w-[65ch] text-soft">
        {ways.codesMade ? t('ways.codes_left', { count: ways.codesLeft }) : t('ways.codes_none')}
      </p>
      <DoorForm action={makeCodesAction} name="codes" className="grid justify-items-start gap-3">
        <HandedCodes label={t('ways.codes_made')} hint={t('ways.codes_how')} />
        {fresh && <Button>{ways.codesMade ? t('ways.codes_renew') : t('ways.codes_make')}</Button>}
      </DoorForm>
    </section>
  )
}
