import { getLocale, getTranslations } from 'next-intl/server'
import { requestTime } from '#app/_auth/session.ts'
import { durationBetween, PARIS, whenText } from '#app/_i18n/time.ts'
import { isOpen } from '../rules/states.ts'
import { CALLER_CASES, type KnownReporter } from './queries.ts'

/** What this organisation has already reported and is not over: the call may be about it. */
export async function CallerCases({ cases }: { cases: KnownReporter['cases'] }) {
  const [t, words, symptoms, locale] = [
    await getTranslations('report.phone.open'),
    await getTranslations('cases'),
    await getTranslations('symptoms'),
    await getLocale(),
  ]
  const now = new Date(requestTime())
  if (cases.length === 0) return <p className="mt-1 text-soft">{t('none')}</p>
  return (
    <div className="mt-2">
      <h2 id="caller-cases" className="text-lg">
        {cases.length > CALLER_CASES
          ? t('many', { count: CALLER_CASES })
          : t('title', { count: cases.length })}
      </h2>
      <p className="text-sm text-soft">{t('hint')}</p>
      <ul aria-labelledby="caller-cases" className="mt-1.5 grid gap-1.5">
        {cases.slice(0, CALLER_CASES).map((one) => (
          <li key={one.reference}>
            <a
              href={`/cases/${one.reference}`}
              className="flex min-h-11 flex-wrap items-baseline gap-x-3 rounded-m border border-edge bg-raised px-3 py-2 text-ink no-underline hover:bg-hover"
            >
              <strong>{one.numbers.join(' ') || '–'}</strong>
              <span className="underline underline-offset-2">{one.reference}</span>
              <span>{symptoms(one.symptom as 'NO_RING')}</span>
              <span className="text-soft">
                {words(`state.${one.state}`)} ·{' '}
                {isOpen(one.state) && one.nextContactAt
                  ? t('next', {
                      time: whenText(one.nextContactAt, { now, locale, timeZone: one.timeZone ?? PARIS }),
                    })
                  : t('since', { age: durationBetween(one.closedAt ?? one.receivedAt, now, locale) })}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
