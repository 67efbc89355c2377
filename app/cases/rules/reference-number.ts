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
 * Reads what a person typed: spaces, dots, dashes or nothing between the parts, any case.
 * Returns the number as it is stored, or null when it is not a valid number (wrong digit, swap, wrong length).
 */
export function readReference(typed: string): string | null {
  const compact = typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
  const match = /^(EX)?(\d{4})(\d{6,9})(\d)$/.exec(compact)
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

/** Whether the text looks like someone typing a case number, valid or not. */
export function looksLikeReference(typed: string): boolean {
  return /^\s*(EX[\s.-]*)?\d{4}[\s.-]*\d{5,9}[\s.-]*\d\s*$/i.test(typed)
}
