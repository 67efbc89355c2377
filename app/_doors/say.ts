import { getLocale, getTranslations } from 'next-intl/server'
import { momentText } from '#app/_i18n/time.ts'
import type { Said } from './form-data.ts'
import type { Reason } from './result.ts'

/** A reason in the reader's language (the request's unless told); instants among its values become hours. */
export async function say(reason: Reason, language?: 'fr' | 'en'): Promise<Said> {
  const locale = language ?? ((await getLocale()) === 'en' ? 'en' : 'fr')
  const t = await getTranslations({ locale })
  const values = Object.fromEntries(
    Object.entries(reason.values ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' && INSTANT.test(value)
        ? momentText(new Date(value), { now: new Date(), locale })
        : value,
    ]),
  )
  const known = t.has(reason.key as never)
  return { ...reason, text: known ? t(reason.key as never, values as never) : reason.key }
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
