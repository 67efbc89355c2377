import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea } from '#app/_doors/fields.tsx'
import { AnchorButton, Button } from '#components/button.tsx'
import { rectifyAction } from './actions.ts'

/** What is held on oneself, to take away; and what is wrong in it, to be said. */
export async function OwnData() {
  const t = await getTranslations('accounts')
  return (
    <section id="data" aria-labelledby="data-title" className="grid gap-4">
      <h2 id="data-title" className="text-xl">
        {t('data.title')}
      </h2>
      <p className="max-w-[65ch] text-soft">{t('data.how')}</p>
      <div>
        <AnchorButton href="/account/data">{t('data.export')}</AnchorButton>
      </div>
      <details className="rounded-m border border-line px-3">
        <summary className="inline-flex min-h-11 items-center font-semibold text-accent">
          {t('data.rectify')}
        </summary>
        <p className="max-w-[65ch] pb-3 text-soft">{t('data.rectify_how')}</p>
        <DoorForm action={rectifyAction} name="rectify" className="grid max-w-xl gap-3 pb-3">
          <FormArea name="what" label={t('data.what')} required />
          <div>
            <Button>{t('data.send')}</Button>
          </div>
        </DoorForm>
      </details>
    </section>
  )
}
