import type { Locale } from './locale.ts'

/** `98,4 %`; a dash where nothing is known. */
export function percentText(share: number | null, locale: Locale): string {
  if (share === null) return '–'
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share)
}
