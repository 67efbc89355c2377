export const LOCALES = ['fr', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** French first: whoever asks for neither language reads French. */
export const DEFAULT_LOCALE: Locale = 'fr'
export const LOCALE_COOKIE = 'locale'

/** The language chosen by hand wins over the one the browser asks for. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie
  return preferredLocale(acceptLanguage) ?? DEFAULT_LOCALE
}

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value)
}

function preferredLocale(acceptLanguage: string | null): Locale | null {
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='))
      const weight = quality === undefined ? 1 : Number(quality.slice(2))
      return { language: tag.toLowerCase().split('-')[0], weight: Number.isFinite(weight) ? weight : 0 }
    })
    .filter((wish) => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return wishes.map((wish) => wish.language).find(isLocale) ?? null
}
