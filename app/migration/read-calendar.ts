import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { csvLines } from '#app/_doors/csv.ts'
import {
  type CalendarFault,
  type CalendarRow,
  MAX_CALENDAR_LINES,
  planCalendar,
  readHeader,
} from './rules/calendar.ts'

export type ReadCalendar = { rows: CalendarRow[]; faults: CalendarFault[] }

/** The text of a calendar by its header: every line as it would be entered, every fault by its line. */
export function readCalendar(text: string, communes: { has(code: string): boolean }): ReadCalendar {
  const only = (line: number, key: string, values = {}): ReadCalendar => ({
    rows: [],
    faults: [{ line, key: `migration.calendar.fault.${key}`, values }],
  })
  if (text.trim() === '') return only(1, 'empty')
  const read = csvLines(text)
  if (!Array.isArray(read)) return only(read.unreadable, 'unreadable')
  const [head, ...lines] = read
  if (!head || lines.length === 0) return only(1, 'no_lines')
  if (lines.length > MAX_CALENDAR_LINES)
    return only(MAX_CALENDAR_LINES + 2, 'too_many', { max: MAX_CALENDAR_LINES })
  const header = readHeader(head.cells)
  if ('fault' in header) return { rows: [], faults: [header.fault] }
  return planCalendar(header.columns, lines, communes, formerCommunes())
}

type Known = { code: string; nom: string; type: string; chefLieu?: string; anciensCodes?: string[] }
const PACKAGE = 'node_modules/@etalab/decoupage-administratif/data/communes.json'
let former: Map<string, string> | null = null

/** Codes that are no commune any more, and what they are part of now: read once, when a calendar first names one. */
export function formerCommunes(): { get(code: string): string | undefined } {
  return {
    get(code) {
      former ??= readFormer()
      return former.get(code)
    },
  }
}

function readFormer(): Map<string, string> {
  // Bundled, a module no longer knows where its packages are: the product always runs in its own folder.
  const path = join(/* turbopackIgnore: true */ process.cwd(), PACKAGE)
  const all: Known[] = JSON.parse(readFileSync(path, 'utf8'))
  const names = new Map(
    all.filter((one) => one.type === 'commune-actuelle').map((one) => [one.code, one.nom]),
  )
  const found = new Map<string, string>()
  for (const { code, type, chefLieu, anciensCodes = [] } of all) {
    const now = type === 'commune-actuelle' ? code : chefLieu
    if (!now || !names.has(now)) continue
    for (const old of [code, ...anciensCodes])
      if (!names.has(old)) found.set(old, `${names.get(now)} (${now})`)
  }
  return found
}
