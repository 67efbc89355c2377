import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from './locale.ts'
import { unbroken } from './typography.ts'

export type Messages = Record<string, Record<string, unknown>>

const kept = new Map<Locale, Messages>()

/** Every words of a language: one file a noun, its name is the namespace. Nothing to register: a new file is found. */
export function messagesOf(locale: Locale): Messages {
  const known = kept.get(locale)
  if (known) return known
  const messages = readMessages(locale)
  // While developing, a changed sentence shows at the next page.
  if (process.env.NODE_ENV !== 'development') kept.set(locale, messages)
  return messages
}

function readMessages(locale: Locale): Messages {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), 'app', '_i18n', 'messages', locale)
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return Object.fromEntries(
    files.map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(join(folder, name), 'utf8'), (_key, value: unknown) =>
        locale === 'fr' && typeof value === 'string' ? unbroken(value) : value,
      ),
    ]),
  )
}
