import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { cookieName } from '#app/_auth/cookie.ts'
import { chooseLocale, isLocale, LOCALE_COOKIE } from './locale.ts'
import { messagesOf } from './messages.ts'
import { PARIS } from './time.ts'

export default getRequestConfig(async ({ locale: asked }) => {
  const locale = isLocale(asked) ? asked : await localeOfRequest()
  return { locale, messages: messagesOf(locale), timeZone: PARIS }
})

async function localeOfRequest() {
  const [jar, head] = await Promise.all([cookies(), headers()])
  return chooseLocale(jar.get(cookieName(LOCALE_COOKIE))?.value, head.get('accept-language'))
}
