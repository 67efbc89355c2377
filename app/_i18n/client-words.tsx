import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'

/** Needed by every page in the browser: error pages and the frame. */
const ALWAYS = ['shell']

/**
 * Sends the words of these namespaces to the browser. All the words of the product would weigh on every page,
 * so a client component that calls `useTranslations('cases')` stands inside `<ClientWords of={['cases']}>`.
 */
export async function ClientWords({ of = [], children }: { of?: string[]; children: ReactNode }) {
  const all = (await getMessages()) as Record<string, Record<string, unknown>>
  const sent = Object.fromEntries([...ALWAYS, ...of].map((name) => [name, all[name] ?? {}]))
  return <NextIntlClientProvider messages={sent as never}>{children}</NextIntlClientProvider>
}
