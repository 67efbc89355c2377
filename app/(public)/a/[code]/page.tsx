import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { machine } from '#app/_auth/actor.ts'
import { requestTime } from '#app/_auth/session.ts'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { whenText } from '#app/_i18n/time.ts'
import { marked } from '#app/exercises/rules/marker.ts'
import { readMessageToAnswer } from '#app/notifications/queries.ts'
import { readAnswerCode } from '#app/notifications/seal.ts'
import { valuesOf } from '#app/notifications/values.ts'
import { Notice } from '#components/notice.tsx'
import { AnswerForm } from './form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('outside')
  // An address that answers for its reader is in nobody's list. No other site is told it (next.config.js); a page that tells not
  // even us has its plain forms refused, as of no site.
  return { title: t('answer.title'), robots: { index: false } }
}

/** The link of a message: one sentence, one button (two for who is called to decide), no sign-in; nothing once it was answered. */
export default async function AnswerPage({ params }: { params: Promise<{ code: string }> }) {
  const code = decodeURIComponent((await params).code)
  const outboxId = readAnswerCode(code)
  const message = outboxId === null ? null : await readMessageToAnswer(machine('link'), outboxId)
  const [t, inbox, locale] = [
    await getTranslations('outside'),
    await getTranslations('inbox'),
    await getLocale(),
  ]
  const now = new Date(requestTime())
  if (!message)
    return (
      <div className="mx-auto grid max-w-md gap-4">
        <h1 className="text-2xl">{t('answer.unknown')}</h1>
        <p>{t('answer.unknown_text')}</p>
      </div>
    )
  // Used up: whoever finds the link later learns neither what it said nor to whom.
  if (message.answered)
    return (
      <div className="mx-auto grid max-w-md gap-4">
        <h1 className="text-2xl">{t('answer.title')}</h1>
        {message.acknowledgedAt ? (
          <Notice tone="ok">
            {t('answer.already', {
              when: whenText(message.acknowledgedAt, { now, locale: locale === 'en' ? 'en' : 'fr' }),
            })}
          </Notice>
        ) : (
          // A browser without scripts reads here what became of its press.
          <Notice tone={message.passedOn ? 'ok' : 'info'}>
            {t(message.passedOn ? 'answer.passed_on' : 'answer.cancelled')}
          </Notice>
        )}
      </div>
    )
  const key = message.kind as 'case_updated'
  const values = valuesOf(message.data, now, locale === 'en' ? 'en' : 'fr')
  const sentence = inbox.has(key) ? inbox(key, values as never) : inbox('page.unknown')
  return (
    <div className="mx-auto grid max-w-md gap-4">
      <h1 className="text-2xl">{t('answer.title')}</h1>
      <p className="whitespace-pre-line text-lg font-bold">{marked(sentence, message.exerciseId)}</p>
      {message.name && <p>{t('answer.to', { name: message.name })}</p>}
      <ClientWords of={['outside']}>
        <AnswerForm code={code} called={message.kind === 'crisis_called'} />
      </ClientWords>
      <p className="text-sm text-soft">{t('answer.explain')}</p>
    </div>
  )
}
