import { getLocale, getTranslations } from 'next-intl/server'
import { durationBetween, whenText } from '#app/_i18n/time.ts'
import { valuesOf } from '#app/_journal/values.ts'
import type { CaseLine } from './case-query.ts'

const MINUTE_MS = 60_000

/** What a line of the main courante says, in the reader's language. */
export async function lineWords(timeZone?: string) {
  const [t, locale] = [await getTranslations('journal'), await getLocale()]
  const [causes, vocabulary] = [await getTranslations('causes'), await getTranslations('vocabulary')]
  return (line: Pick<CaseLine, 'event' | 'at' | 'data'>): { title: string; detail: string | null } => {
    const at = new Date(line.at)
    const values = valuesOf(line.data)
    if (typeof line.data.cause === 'string' && causes.has(line.data.cause as 'access'))
      values.cause = causes(line.data.cause as 'access')
    if (typeof line.data.touched === 'string')
      values.touched = vocabulary(`threeWay.${line.data.touched}` as 'threeWay.yes')
    const key = line.event as 'case.reported'
    const next = line.data.nextContactAt
    const due = line.data.dueAt
    const detail = [
      Number(values.tried) > 0 && t('tests', { passed: Number(values.passed), tried: Number(values.tried) }),
      typeof next === 'string' &&
        t('next_contact', { time: whenText(new Date(next), { now: at, locale, timeZone }) }),
      typeof due === 'string' &&
        at.getTime() - Date.parse(due) >= MINUTE_MS &&
        t('late', { time: durationBetween(new Date(due), at, locale) }),
      values.saidBy && t('said_by', { name: values.saidBy }),
    ].filter(Boolean)
    return {
      title: t.has(key) ? t(key, values as never) : line.event,
      detail: detail.length > 0 ? detail.join(' · ') : null,
    }
  }
}
