import { getTranslations } from 'next-intl/server'
import { LinkButton } from '#components/button.tsx'
import { SpokenCode } from '#components/spoken-code.tsx'
import { spokenReference } from '../spoken.ts'

/** Right after sending: the number, large, to be read to whoever asks. */
export async function JustSent({ reference, canComplete }: { reference: string; canComplete: boolean }) {
  const t = await getTranslations('my')
  return (
    <section className="grid gap-3">
      <h1 className="text-2xl sm:text-3xl">{t('case.sent')}</h1>
      <SpokenCode
        label={t('case.label')}
        code={reference}
        spoken={spokenReference(reference)}
        hint={t('case.sent_hint')}
      />
      {canComplete && (
        <p>
          <LinkButton href={`/my/${reference}?do=complete#complete`} icon="pencil">
            {t('case.complete_now')}
          </LinkButton>
        </p>
      )}
    </section>
  )
}
