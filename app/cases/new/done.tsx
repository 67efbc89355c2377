import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { requestTime } from '#app/_auth/session.ts'
import { PARIS, whenText } from '#app/_i18n/time.ts'
import { readSentCase } from '#app/my/queries.ts'
import { spokenReference } from '#app/my/spoken.ts'
import { LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { SpokenCode } from '#components/spoken-code.tsx'
import { CallAgain } from './phone-report.tsx'
import { Say } from './question.tsx'

/** The end of the call: the number to be read aloud, and the hour of the next contact. */
export async function CaseNumberRead({ actor, reference }: { actor: AccountActor; reference: string }) {
  const t = await getTranslations('report')
  const locale = await getLocale()
  const sent = await readSentCase(actor, reference)
  if (!sent) notFound()
  const spoken = spokenReference(sent.reference)
  const now = new Date(requestTime())
  return (
    <div className="mx-auto grid max-w-3xl gap-4">
      <h1 className="text-2xl">{t('done.title')}</h1>
      <SpokenCode label={t('done.number')} code={sent.reference} spoken={spoken} />
      {sent.nextContactAt ? (
        <Say>
          {t('done.say', {
            spoken,
            time: whenText(sent.nextContactAt, { now, locale, timeZone: sent.timeZone ?? PARIS }),
          })}
        </Say>
      ) : (
        <p>{t('done.say_logged')}</p>
      )}
      {sent.nextContactAt && sent.verification === 'unverified' && (
        <Notice tone="warn">{t('done.unverified')}</Notice>
      )}
      <p className="flex flex-wrap gap-3">
        <LinkButton kind="primary" href={`/cases/${sent.reference}`}>
          {t('done.open', { reference: sent.reference })}
        </LinkButton>
        <CallAgain label={t('done.another')} />
      </p>
    </div>
  )
}
