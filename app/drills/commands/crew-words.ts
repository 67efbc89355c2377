import { createTranslator } from 'use-intl/core'
import { messagesOf } from '#app/_i18n/messages.ts'

export type Say = (what: 'name' | 'update' | 'redirected' | 'same' | 'notice' | 'telephoned') => string

/** The crew writes as people do, in the language of the drill: what it writes stays in the journal as it is. */
export function wordsOf(lang: 'fr' | 'en'): Say {
  const t = createTranslator({ locale: lang, messages: messagesOf(lang) })
  return (what) => t(`drills.crew.${what}` as never)
}
