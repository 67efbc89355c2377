import { shortened } from '#app/_doors/rules/cut.ts'
import { fold } from '#app/directory/rules/import-format.ts'
import { CLOSURE_STATES, type ClosureState } from '#db/schema/migration.ts'

/** The calendar has about 35 000 communes: twice that is another file. */
export const MAX_CALENDAR_LINES = 70_000

export const CALENDAR_COLUMNS = [
  'code_insee',
  'lot',
  'fermeture_commerciale',
  'fermeture_technique',
  'etat',
] as const
export type CalendarColumn = (typeof CALENDAR_COLUMNS)[number]

const HEADERS: Record<string, CalendarColumn> = {
  'code insee': 'code_insee',
  insee: 'code_insee',
  'code commune': 'code_insee',
  lot: 'lot',
  'fermeture commerciale': 'fermeture_commerciale',
  'date fermeture commerciale': 'fermeture_commerciale',
  'fermeture technique': 'fermeture_technique',
  'date fermeture technique': 'fermeture_technique',
  etat: 'etat',
  statut: 'etat',
}
const STATES: Record<string, ClosureState> = {
  prevue: 'planned',
  annoncee: 'announced',
  'en cours': 'closing',
  fermee: 'closed',
  suspendue: 'suspended',
}

export type CalendarRow = {
  communeCode: string
  lot: string
  commercialOn: string | null
  technicalOn: string
  state: ClosureState
}
export type CalendarFault = { line: number; key: string; values: Record<string, string | number> }
export type CalendarLine = { line: number; cells: string[] }

/** Which column each header names; or why this is another file. */
export function readHeader(
  header: readonly string[],
): { columns: CalendarColumn[] } | { fault: CalendarFault } {
  const columns = header.map((cell) => HEADERS[fold(cell)])
  const missing = CALENDAR_COLUMNS.filter((one) => !columns.includes(one))
  const strange = header.filter((cell, at) => !columns[at] && cell !== '')
  const twice = columns.some((one, at) => one && columns.indexOf(one) !== at)
  if (missing.length === 0 && strange.length === 0 && !twice) return { columns: columns as CalendarColumn[] }
  return {
    fault: faultAt(1, 'header', {
      expected: CALENDAR_COLUMNS.join(' ; '),
      found: shortened(header.join(' ; '), 200),
    }),
  }
}

/** Every line as it would be entered, and every fault by its line: a line may have several. */
export function planCalendar(
  columns: readonly CalendarColumn[],
  lines: readonly CalendarLine[],
  communes: { has(code: string): boolean },
  former: { get(code: string): string | undefined },
): { rows: CalendarRow[]; faults: CalendarFault[] } {
  const rows: CalendarRow[] = []
  const faults: CalendarFault[] = []
  const first = new Map<string, number>()
  for (const { line, cells } of lines) {
    const before = faults.length
    const said = (key: string, values: Record<string, string | number> = {}) =>
      faults.push(faultAt(line, key, values))
    const cell = (column: CalendarColumn) => cells[columns.indexOf(column)] ?? ''
    if (cells.length !== columns.length) {
      said('cells', { expected: columns.length, found: cells.length })
      continue
    }
    const code = codeOf(cell('code_insee'))
    if (!/^(\d{2}|2[AB])\d{3}$/.test(code)) said('code', { code: shortened(code, 20) })
    else if (!communes.has(code)) {
      const now = former.get(code)
      if (now) said('merged', { code, now })
      else said('commune', { code })
    }
    const twin = first.get(code)
    if (twin) said('twice', { code, line: twin })
    else first.set(code, line)
    if (cell('lot') === '' || cell('lot').length > 60) said('lot')
    const commercial = cell('fermeture_commerciale') === '' ? null : dayOf(cell('fermeture_commerciale'))
    const technical = dayOf(cell('fermeture_technique'))
    if (commercial === undefined)
      said('date', { column: 'fermeture_commerciale', said: shortened(cell('fermeture_commerciale'), 30) })
    if (technical === undefined)
      said('date', { column: 'fermeture_technique', said: shortened(cell('fermeture_technique'), 30) })
    if (commercial && technical && commercial > technical) said('order')
    const state = stateOf(cell('etat'))
    if (!state) said('state', { said: shortened(cell('etat'), 30) })
    if (faults.length === before && technical && state)
      rows.push({
        communeCode: code,
        lot: cell('lot'),
        commercialOn: commercial ?? null,
        technicalOn: technical,
        state,
      })
  }
  return { rows, faults }
}

export type CalendarChange = { made: number; changed: number; same: number; gone: number }

/** What entering it would do to the calendar as it stands. */
export function changeOf(
  before: ReadonlyMap<string, CalendarRow>,
  rows: readonly CalendarRow[],
): CalendarChange {
  const change = { made: 0, changed: 0, same: 0, gone: 0 }
  for (const row of rows) {
    const old = before.get(row.communeCode)
    if (!old) change.made += 1
    else if (
      old.lot === row.lot &&
      old.commercialOn === row.commercialOn &&
      old.technicalOn === row.technicalOn &&
      old.state === row.state
    )
      change.same += 1
    else change.changed += 1
  }
  change.gone = before.size - change.changed - change.same
  return change
}

/** A spreadsheet drops the zero before a code: "1001" is 01001. */
function codeOf(typed: string): string {
  const code = typed.toUpperCase()
  return /^\d{4}$/.test(code) ? `0${code}` : code
}

/** 2026-01-31 or 31/01/2026; undefined when it is no day of the calendar or of another century. */
function dayOf(typed: string): string | undefined {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed) ?? []
  const [, fd, fm, fy] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed) ?? []
  const [year, month, day] = [y ?? fy, m ?? fm, d ?? fd].map(Number)
  if (!year || !month || !day || year < 2020 || year > 2040) return undefined
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : undefined
}

function stateOf(typed: string): ClosureState | undefined {
  const folded = fold(typed)
  return Object.hasOwn(STATES, folded) ? STATES[folded] : CLOSURE_STATES.find((one) => one === folded)
}

function faultAt(line: number, key: string, values: Record<string, string | number> = {}): CalendarFault {
  return { line, key: `migration.calendar.fault.${key}`, values }
}

/** The file to begin with: made up, three communes and three lots that announce nothing. */
export function exampleCalendar(): string {
  const lines = [
    CALENDAR_COLUMNS.join(';'),
    '59350;EXEMPLE-1;2027-01-31;2028-01-31;annoncée',
    '37261;EXEMPLE-2;31/01/2026;30/06/2027;en cours',
    '69123;EXEMPLE-3;;2029-12-31;prévue',
  ]
  return `\uFEFF${lines.join('\r\n')}\r\n`
}
