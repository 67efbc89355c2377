import { createTranslator } from 'use-intl/core'
import type { Locale } from '#app/_i18n/locale.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { PARIS } from '#app/_i18n/time.ts'

/** Words by key, of any namespace: what a page's own translator is, and what is used where no page is asked for. */
export type Words = ((key: string, values?: Record<string, string | number>) => string) & {
  has: (key: string) => boolean
}

/** The words of the reports and of the vocabulary, outside a request: in a letter, a file, the worker. */
export function sitrepWords(locale: Locale): { t: Words; vocabulary: Words } {
  const of = (namespace: string) =>
    createTranslator({
      locale,
      messages: messagesOf(locale) as never,
      namespace: namespace as never,
      timeZone: PARIS,
    }) as never
  return { t: of('sitreps'), vocabulary: of('vocabulary') }
}
