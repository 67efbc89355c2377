import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import { plainOf } from './plain-text.ts'

/**
 * Telephone numbers, for the directory, an import, a report, the roster and every search: read as a person of the territory
 * writes them, kept as E.164 ('+33199001234'), shown as they are read aloud.
 */
export type ReadPhone = { phone: string; fault?: never } | { phone?: never; fault: PhoneFault }
/** `offered`: what the typed number becomes once mended, for a person to say whether it is that one. */
export type PhoneFault = { why: 'short' | 'lost_zero' | 'none'; values: { found: string; offered: string } }

export function readPhone(typed: string, territoryCode = ''): ReadPhone {
  const found = typed.trim().slice(0, 40)
  const refuse = (why: PhoneFault['why'], offered = ''): ReadPhone => ({
    fault: { why, values: { found, offered } },
  })
  const written = dialled(typed)
  if (written === null) return refuse('none')
  const home = HOME[territoryCode.slice(0, 3)] ?? 'FR'
  const number = written.startsWith('+') ? parsed(written) : parsedAtHome(written, home)
  if (number) return { phone: number }
  if (/^[1-9]\d{0,5}$/.test(written)) return refuse('short')
  // A spreadsheet takes the first zero of « 0556123456 » away.
  const mended = /^[1-9]\d{8}$/.test(written) ? parsedAtHome(`0${written}`, home) : null
  return mended ? refuse('lost_zero', showPhone(mended)) : refuse('none')
}

/** 15, 112, 116 000: short numbers that answer emergencies, whoever else has one of his own (« 3xxx »). */
export function isEmergencyNumber(typed: string): boolean {
  return /^(?:\d{1,3}|116\d{3})$/.test(dialled(typed) ?? '')
}

/** The words of a refusal, with what was typed. */
export function phoneReason({ why, values }: PhoneFault) {
  return { key: `directory.invalid.phone_${why}`, values }
}

/** As it is read aloud from where the cell sits: '01 99 00 12 34', '+687 27 12 34'. What is none is shown as it is. */
export function showPhone(phone: string): string {
  const number = parsePhoneNumberFromString(phone)
  if (!phone.startsWith('+') || !number) return phone
  // Within the French plan ten digits are dialled, overseas départements included.
  return PLAN.test(phone)
    ? `0${number.nationalNumber}`.replace(/(\d\d)(?=\d)/g, '$1 ')
    : number.formatInternational()
}

/** What a search by number finds it by: as it is kept, and as it is dialled at home. */
export function phoneDigits(phone: string | null): string {
  const number = phone ? parsePhoneNumberFromString(phone) : undefined
  if (!phone || !number) return phone ?? ''
  const national = PLAN.test(phone) ? `0${number.nationalNumber}` : number.nationalNumber
  return `${phone.slice(1)} ${national}`
}

/** The digits of a piece of number typed in a search, however it is parted; null when it is something else. */
export function searchedDigits(typed: string): string | null {
  const digits = dialled(typed)?.replace(/^\+(?:(33|262|590|594|596)0)?/, '$1')
  return digits && digits.length >= 4 ? digits : null
}

/** Digits alone, with a plus when it says a country: « 0033 (0)1-99… », « tel:+33… ». Null when there is anything else. */
function dialled(typed: string): string | null {
  const { plain } = plainOf(typed)
  const bare = plain
    .trim()
    .replace(/^(?:telephone|tel|t|phone)?[:. ]*/, '')
    .replace(/[ .\-/()_\n]/g, '')
  return /^\+?\d+$/.test(bare) ? bare.replace(/^00(?=[1-9]\d{7})/, '+') : null
}

function parsed(written: string): string | null {
  const number = parsePhoneNumberFromString(written)
  return number?.isValid() ? number.number : null
}

function parsedAtHome(digits: string, home: CountryCode): string | null {
  if (/^0[1-9]\d{8}$/.test(digits)) return `${overseas(digits) ?? '+33'}${digits.slice(1)}`
  if (/^33[1-9]\d{8}$/.test(digits)) return `+${digits}`
  // A number without a zero is whole only where the plan has none.
  if (IN_THE_PLAN.has(home)) return null
  const number = parsePhoneNumberFromString(digits, home)
  return number?.isValid() && number.nationalNumber === digits ? number.number : null
}

/** Codes of countries within the French plan of ten digits. */
const PLAN = /^\+(?:33|262|590|594|596)/
const IN_THE_PLAN = new Set<CountryCode>(['FR', 'RE', 'YT', 'GP', 'MQ', 'GF', 'BL', 'MF'])

/** Overseas numbers dialled with a zero from anywhere in the plan (Arcep, plan national de numérotation). 0639 98 is for fiction. */
function overseas(digits: string): string | null {
  if (/^0(?:26[239]|69[23]|639(?!98))/.test(digits)) return '+262'
  if (/^0(?:590|69[01])/.test(digits)) return '+590'
  if (/^0[56]94/.test(digits)) return '+594'
  return /^0(?:596|69[67])/.test(digits) ? '+596' : null
}

/** In which country the people of a territory dial; elsewhere, France. */
const HOME: Record<string, CountryCode> = {
  '971': 'GP',
  '972': 'MQ',
  '973': 'GF',
  '974': 'RE',
  '975': 'PM',
  '976': 'YT',
  '977': 'BL',
  '978': 'MF',
  '986': 'WF',
  '987': 'PF',
  '988': 'NC',
}
