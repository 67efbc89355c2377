import type { Locale } from '#app/_i18n/locale.ts'

/** A day of the calendar, without an hour: the same everywhere. */
export function dayText(day: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`))
}
