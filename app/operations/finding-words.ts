import { getLocale, getTranslations } from 'next-intl/server'
import { durationBetween, durationText } from '#app/_i18n/time.ts'
import { clockWords } from './clock-words.ts'
import type { Finding } from './rules/findings.ts'
import { isSetup } from './rules/setup.ts'

type Said = { title: string; do: string; link: string | null }

/** A finding in two sentences: what is wrong, and what to do about it. */
export async function findingWords(now: string | Date): Promise<(one: Finding) => Said> {
  const t = await getTranslations('operations')
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const clock = await clockWords()
  return ({ key, values: { seconds, at, clock: name, why, ...rest } }) => {
    const values = {
      ...rest,
      ...(typeof seconds === 'number' ? { time: durationText(seconds, locale) } : {}),
      ...(typeof at === 'string' ? { time: durationBetween(new Date(at), new Date(now), locale) } : {}),
      ...(typeof name === 'string'
        ? { clock: clock(name).name, what: clock(name).do, why: String(why || 'none') }
        : {}),
    } as never
    return {
      title: t(`finding.${key}.title`, values),
      do: t(`finding.${key}.do`, values),
      link: isSetup(key) ? t(`finding.${key}.link`) : null,
    }
  }
}
