import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { messagesOf } from './messages.ts'
import { PARIS } from './time.ts'
import { WordsProvider } from './words-provider.tsx'

/** Needed by every page in the browser: error pages and the frame. */
const ALWAYS = ['shell']

/**
 * Sends the words of these namespaces to the browser. All the words of the product would weigh on every page,
 * so a client component that calls `useTranslations('cases')` stands inside `<ClientWords of={['cases']}>`.
 */
export async function ClientWords({ of = [], children }: { of?: string[]; children: ReactNode }) {
  const locale = await getLocale()
  const all = messagesOf(locale)
  const messages = Object.fromEntries([...ALWAYS, ...of].map((name) => [name, all[name] ?? {}]))
  return (
    <WordsProvider locale={locale} timeZone={PARIS} messages={messages as never}>
      {children}
    </WordsProvider>
  )
}
