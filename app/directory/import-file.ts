import { CsvError, parse } from 'csv-parse/sync'
import { cleanText } from '#app/_doors/text.ts'
import { columnOf, type ImportColumn } from './rules/import-format.ts'
import type { ImportFault, ImportLine } from './rules/import-plan.ts'

/** Far above the largest directory; a film dragged in by mistake stops here. */
export const MAX_BYTES = 4 * 1024 * 1024
export const MAX_LINES = 20_000

export type ReadFile = { lines: ImportLine[]; faults: ImportFault[] }

/** Text of an uploaded file, UTF-8 or Windows-1252; null when it is no text at all. */
export function decode(bytes: Uint8Array): string | null {
  const text = decodeAs(bytes, 'utf-8') ?? decodeAs(bytes, 'windows-1252') ?? ''
  // A text file has no control characters: this is an image, a spreadsheet's own format, an archive.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) return null
  return text.replace(/^\uFEFF/, '')
}

function decodeAs(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The lines of a file by its headers. What cannot be read at all is one fault, at its line. */
export function readFile(text: string): ReadFile {
  const fault = (line: number, key: string, values = {}): ReadFile => ({
    lines: [],
    faults: [{ line, key: `directory.import.fault.${key}`, values }],
  })
  if (text.trim() === '') return fault(1, 'empty')
  const read = readRecords(text)
  if ('fault' in read) return fault(read.line, read.fault)
  const [head, ...records] = read
  if (!head || records.length === 0) return fault(1, 'no_lines')
  if (records.length > MAX_LINES) return fault(MAX_LINES + 1, 'too_many', { max: MAX_LINES })
  const columns = head.record.map(columnOf)
  const strange = head.record.filter((header, at) => !columns[at] && header.trim() !== '')
  if (!columns.includes('type') || !columns.includes('organisation'))
    return fault(1, 'header', { found: head.record.join(' ; ').slice(0, 200) })
  const twice = columns.find((column, at) => column && columns.indexOf(column) !== at)
  if (twice) return fault(1, 'column_twice', { column: head.record[columns.lastIndexOf(twice)] ?? '' })
  const faults = strange.map((header) => ({
    line: 1,
    key: 'directory.import.fault.unknown_column',
    values: { column: header.slice(0, 60) },
  }))
  return {
    faults,
    lines: records.map(({ record, info }) => ({
      line: info.lines,
      extra:
        record.length > columns.length && record.slice(columns.length).some((cell) => cell.trim() !== ''),
      cells: Object.fromEntries(
        columns.flatMap((column, at) => (column ? [[column, clean(record[at] ?? '')]] : [])),
      ) as Partial<Record<ImportColumn, string>>,
    })),
  }
}

type Records = { record: string[]; info: { lines: number } }[]

function readRecords(text: string): Records | { fault: string; line: number } {
  try {
    return parse(text, {
      delimiter: separatorOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: 20_000,
    }) as unknown as Records
  } catch (error) {
    if (error instanceof CsvError) return { fault: 'unreadable', line: Number(error.lines) || 1 }
    throw error
  }
}

/** French spreadsheets write semicolons, the others commas: the header tells. */
function separatorOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1)
  return [';', ',', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0] ?? ';'
}

function clean(cell: string): string {
  return cleanText(cell).replace(/\s+/g, ' ').trim()
}
