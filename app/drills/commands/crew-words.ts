import { createTranslator } from 'use-intl/core'
import { messagesOf } from '#app/_i18n/messages.ts'

type Line = 'name' | 'update' | 'redirected' | 'same' | 'notice' | 'telephoned' | 'report' | 'report_action'
export type Say = (what: Line) => string

/** The crew writes as people do, in the language of the drill: what it writes stays in the journal as it is. */
export function wordsOf(lang: 'fr' | 'en'): Say {
  const t = createTranslator({ locale: lang, messages: messagesOf(lang) })
  return (what) => t(`drills.crew.${what}` as never)
}

/** A message with its values, for what the crew reports of the facts. */
export function tellOf(lang: 'fr' | 'en'): (key: string, values: Record<string, string | number>) => string {
  const t = createTranslator({ locale: lang, messages: messagesOf(lang) })
  return (key, values) => t(key as never, values as never)
}
