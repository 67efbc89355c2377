'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cookieName, cookieOptions } from '#app/_auth/cookie.ts'
import { isLocale, LOCALE_COOKIE } from '#app/_i18n/locale.ts'
import { isTheme, THEME_COOKIE } from './theme.ts'

const A_YEAR_MS = 365 * 24 * 3600_000

/** A plain form calls it, so it works without JavaScript; it comes back to the same page. */
export async function switchLocale(form: FormData): Promise<void> {
  const locale = form.get('locale')
  if (isLocale(locale)) await keep(LOCALE_COOKIE, locale)
  redirect(await samePage())
}

export async function switchTheme(form: FormData): Promise<void> {
  const theme = form.get('theme')
  if (isTheme(theme)) await keep(THEME_COOKIE, theme)
  redirect(await samePage())
}

async function keep(name: string, value: string): Promise<void> {
  const jar = await cookies()
  jar.set(cookieName(name), value, cookieOptions(A_YEAR_MS))
}

/** Only the path of the referer is kept: an answer never sends anyone to another site. */
async function samePage(): Promise<string> {
  const referer = (await headers()).get('referer')
  if (!referer || !URL.canParse(referer)) return '/'
  const { pathname, search } = new URL(referer)
  return `/${pathname.replace(/^[/\\]+/, '')}${search}`
}
