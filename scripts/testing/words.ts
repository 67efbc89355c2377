import { createFormatter, createTranslator } from 'use-intl/core'
import type { Locale } from '#app/_i18n/locale.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { PARIS } from '#app/_i18n/time.ts'

/**
 * Stands for next-intl where no page is drawn: `vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))`. English,
 * unless a language is asked for.
 */
export async function getLocale(): Promise<Locale> {
  return 'en'
}

export async function getTranslations(given?: string | { namespace?: string; locale?: Locale }) {
  const { namespace, locale = 'en' } =
    typeof given === 'string' ? { namespace: given, locale: undefined } : (given ?? {})
  return createTranslator({ locale, namespace, messages: messagesOf(locale), onError: () => {} } as never)
}

export async function getFormatter() {
  return createFormatter({ locale: 'en', timeZone: PARIS })
}
