import { plainOf } from '#app/directory/rules/plain-text.ts'

/**
 * Numéro de dossier: '2026-004217-3' — year, rank in the year, check digit.
 * The check digit is Damm's (2004): a quasigroup of order 10 whose table is totally anti-symmetric, so it catches
 * every single wrong digit and every swap of two neighbours, the two errors of a number read aloud at night.
 * An exercise has its own numbering and says so: 'EX-2026-000017-4'.
 */
const QUASIGROUP = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const

export function checkDigit(digits: string): number {
  let interim = 0
  for (const digit of digits) interim = Number(QUASIGROUP[interim]?.[Number(digit)])
  return interim
}

/** The year that a number says is the year of the cell's own clock: at 00:10 on 1 January nobody reads back last year. */
export function yearOfNumber(now: Date): number {
  return Number(PARIS_YEAR.format(now))
}
const PARIS_YEAR = new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone: 'Europe/Paris' })

export function makeReference(year: number, rank: number, exercise = false): string {
  const digits = `${year}${String(rank).padStart(6, '0')}`
  return `${exercise ? 'EX-' : ''}${year}-${digits.slice(4)}-${checkDigit(digits)}`
}

/**
 * Reads what a person typed, pasted or heard: any dash, space, dot or nothing between the parts, any case, « N° », « dossier n° »
 * or “case no.” before. Returns the number as it is stored, or null when it is not a valid number (wrong digit, swap, wrong length).
 */
export function readReference(typed: string): string | null {
  const match = /^(EX)?(\d{4})(\d{6,9})(\d)$/.exec(bare(typed))
  if (!match) return null
  const [, exercise, year, rank, check] = match as unknown as [
    string,
    string | undefined,
    string,
    string,
    string,
  ]
  if (checkDigit(year + rank) !== Number(check)) return null
  return `${exercise ? 'EX-' : ''}${year}-${rank}-${check}`
}

/** The number of an incident, 'INC-2026-000012-4', read the same way; null when it is none. */
export function readIncidentReference(typed: string): string | null {
  const [, number] = /^INC(?:IDENT)?N?O?(?=E?X?\d)(.*)$/.exec(bare(typed)) ?? []
  const reference = number ? readReference(number) : null
  return reference && `INC-${reference}`
}

/** Whether the text looks like someone typing a case number, valid or not. A telephone number begins with no year. */
export function looksLikeReference(typed: string): boolean {
  return /^(EX)?20\d{2}\d{5,9}\d$/.test(bare(typed)) && !/[+()/]/.test(typed)
}

/** A number as it is cut short aloud: « 4217 », « n° 4217-3 », « 2026-4217 », of this year when none is said. */
export function shortReference(typed: string, thisYear: number): string | null {
  const parts = /^(?:(EX)-?)?(?:(20\d\d)-)?(\d{1,9})(?:-(\d))?$/.exec(
    spoken(typed)
      .replace(/[ .-]+/g, '-')
      .toUpperCase(),
  )
  if (!parts) return null
  const [, exercise, year, typedRank = '', check] = parts
  const rank = typedRank.replace(/^0+(?=\d)/, '')
  if (rank.length > 6 || rank === '0') return null
  // Fewer figures alone are a département, a number, a code; « 0612 » begins a telephone number.
  if (!year && !check && (typedRank.length < 4 || /^0\d{1,3}$/.test(typedRank))) return null
  const reference = makeReference(Number(year ?? thisYear), Number(rank), Boolean(exercise))
  return check && !reference.endsWith(`-${check}`) ? null : reference
}

/** Letters and figures alone, capitals, without the words that announce a number. */
function bare(typed: string): string {
  return spoken(typed)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
}

const ANNOUNCED =
  /^(?:(?:dossier|case|reference|ref|numero|number|num|no|n|de|du|le|la|the)(?![a-z])[ .:°º#№-]*|[°º#№:. -]+)+/i

function spoken(typed: string): string {
  return plainOf(typed).plain.trim().replace(/№/g, 'n ').replace(ANNOUNCED, '').trim()
}
