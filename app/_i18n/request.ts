import { messagesOf } from './messages.ts'
import { getLocale } from './server.ts'
import { PARIS } from './time.ts'

/** What next-intl itself asks, to hand words to the browser. */
export default async function wordsOfRequest() {
  const locale = await getLocale()
  return { locale, messages: messagesOf(locale), timeZone: PARIS }
}
