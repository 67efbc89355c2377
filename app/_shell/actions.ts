'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { isLocale, LOCALE_COOKIE } from '#app/_i18n/locale.ts'
import { isTheme, THEME_COOKIE } from './theme.ts'

const A_YEAR = 365 * 24 * 3600

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
  const secure = (await headers()).get('x-forwarded-proto') === 'https'
  jar.set(name, value, { path: '/', maxAge: A_YEAR, sameSite: 'lax', httpOnly: true, secure })
}

/** Only the path of the referer is kept: an answer never sends anyone to another site. */
async function samePage(): Promise<string> {
  const referer = (await headers()).get('referer')
  if (!referer || !URL.canParse(referer)) return '/'
  const { pathname, search } = new URL(referer)
  return `/${pathname.replace(/^[/\\]+/, '')}${search}`
}
