import { getLocale, getTranslations } from 'next-intl/server'
import { momentText } from '#app/_i18n/time.ts'
import { clockNow } from './clock.ts'
import type { Said } from './form-data.ts'
import type { Reason } from './result.ts'

/**
 * A reason in the reader's language (the request's unless told). Instants among its values become hours; `@cases.state:a,b`
 * becomes the words of that list, one or the other.
 */
export async function say(reason: Reason, language?: 'fr' | 'en'): Promise<Said> {
  const locale = language ?? ((await getLocale()) === 'en' ? 'en' : 'fr')
  const t = await getTranslations({ locale })
  const values = Object.fromEntries(
    Object.entries(reason.values ?? {}).map(([name, value]) => [name, inWords(value)]),
  )
  function inWords(value: string | number) {
    if (typeof value !== 'string') return value
    if (INSTANT.test(value)) return momentText(new Date(value), { now: clockNow(), locale })
    const [, list, keys = ''] = LIST.exec(value) ?? []
    if (!list) return value
    const words = keys.split(',').map((key) => `« ${t(`${list}.${key}` as never)} »`)
    return new Intl.ListFormat(locale, { type: 'disjunction' }).format(
      locale === 'fr' ? words : words.map((word) => word.replace('« ', '“').replace(' »', '”')),
    )
  }
  const known = t.has(reason.key as never)
  return { ...reason, text: known ? t(reason.key as never, values as never) : reason.key }
}

/** Lines of a batch that were not taken, each with its reason in words. Thousands may share one: each is looked up once. */
export async function sayLines<Line extends { key: string }>(
  lines: Line[],
  language: 'fr' | 'en',
): Promise<(Line & { reason: string })[]> {
  const words = new Map<string, string>()
  for (const { key } of lines) if (!words.has(key)) words.set(key, (await say({ key }, language)).text)
  return lines.map((line) => ({ ...line, reason: words.get(line.key) ?? line.key }))
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const LIST = /^@([a-z_.]+):([a-z_]+(?:,[a-z_]+)*)$/
