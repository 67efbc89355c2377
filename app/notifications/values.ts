import type { Locale } from '#app/_i18n/locale.ts'
import { momentText } from '#app/_i18n/time.ts'

/** Older messages may lack a value that the sentence names today; instants are read on one's own watch. */
export function valuesOf(data: Record<string, string | number>, now: Date, locale: Locale) {
  const instants = ['fromAt', 'toAt'].flatMap((name) => {
    const at = data[name]
    return typeof at === 'string' ? [[name, momentText(new Date(at), { now, locale })]] : []
  })
  return {
    reference: '',
    main: '',
    what: '',
    level: '',
    organisation: '',
    by: '',
    holder: '',
    role: '',
    fromAt: '',
    toAt: '',
    incident: '',
    to: '',
    rule: 'none',
    numbers: 'none',
    number: '',
    part: '',
    territory: '',
    answer: '',
    cancels: 0,
    count: 0,
    names: '',
    ...data,
    ...Object.fromEntries(instants),
  }
}
