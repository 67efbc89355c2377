import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import { cleanText } from '#app/_doors/text.ts'
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
  const records = recordsOf(text)
  if (!Array.isArray(records)) return only(records.line, 'unreadable')
  const [head, ...lines] = records
  if (!head || lines.length === 0) return only(1, 'no_lines')
  if (lines.length > MAX_CALENDAR_LINES)
    return only(MAX_CALENDAR_LINES + 2, 'too_many', { max: MAX_CALENDAR_LINES })
  const header = readHeader(head.record.map((cell) => cleanText(cell).trim()))
  if ('fault' in header) return { rows: [], faults: [header.fault] }
  return planCalendar(
    header.columns,
    lines.map(({ record, info }) => ({ line: info.lines, cells: record.map(cleanText) })),
    communes,
    formerCommunes(),
  )
}

type Records = { record: string[]; info: { lines: number } }[]

function recordsOf(text: string): Records | { line: number } {
  const [header = ''] = text.split(/\r?\n/, 1)
  const [delimiter = ';'] = [';', ',', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)
  try {
    return parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: 2_000,
    }) as unknown as Records
  } catch (error) {
    if (error instanceof CsvError) return { line: Number(error.lines) || 1 }
    throw error
  }
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
