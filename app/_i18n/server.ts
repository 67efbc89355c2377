import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { _createCache, _createIntlFormatters, createFormatter, createTranslator } from 'use-intl/core'
import { cookieName } from '#app/_auth/cookie.ts'
import { chooseLocale, LOCALE_COOKIE, type Locale } from './locale.ts'
import { type Messages, messagesOf } from './messages.ts'
import { PARIS } from './time.ts'

/**
 * What pages import as `next-intl/server` (next.config.js leads it here): that one makes every formatter and reads every sentence
 * anew at each request, a tenth of what a page costs. Words and formats belong to a language, not to who asks: made once.
 */
export const getLocale = cache(async (): Promise<Locale> => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  return chooseLocale(jar.get(cookieName(LOCALE_COOKIE))?.value, head.get('accept-language'))
})

/** As next-intl's, which the types of those who ask are taken from. */
export async function getTranslations(asked?: string | { locale: Locale; namespace?: string }) {
  const { locale, namespace } = typeof asked === 'object' ? asked : { namespace: asked }
  return translator(locale ?? (await getLocale()), namespace ?? '')
}

export async function getFormatter() {
  return createFormatter({ locale: await getLocale(), timeZone: PARIS, _formatters: formatters })
}

const kept = _createCache()
const formatters = _createIntlFormatters(kept)
/** By the words themselves: while developing, a changed sentence is another one. */
const translators = new WeakMap<Messages, Map<string, ReturnType<typeof createTranslator>>>()
const messages = cache(messagesOf)

function translator(locale: Locale, namespace: string) {
  const words = messages(locale)
  const made = translators.get(words) ?? new Map()
  translators.set(words, made)
  const known = made.get(namespace)
  if (known) return known
  const shared = { _cache: kept, _formatters: formatters, timeZone: PARIS, locale, messages: words }
  const one = createTranslator({ ...shared, ...(namespace && { namespace }) } as never)
  made.set(namespace, one)
  return one
}
