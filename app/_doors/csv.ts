import { CsvError, parse } from 'csv-parse/sync'
import { cleanText } from './text.ts'

export type CsvLine = { line: number; cells: string[] }
export type CsvRow = { line: number; cells: Record<string, string> }
export type CsvCells = readonly (string | number | null)[]
export type ReadCsv = { ok: true; rows: CsvRow[] } | { ok: false; key: string; line: number }

/** Text of a file, UTF-8 or Windows-1252; null when it is no text at all. */
export function decode(bytes: Uint8Array): string | null {
  const text = decodeAs(bytes, 'utf-8') ?? decodeAs(bytes, 'windows-1252') ?? ''
  // A text file has no control characters: this is an image, a spreadsheet's own format, an archive.
  if (/(?![\t\n\v\f\r\x7f-\x9f])\p{Cc}/u.test(text)) return null
  return text.replace(/^\uFEFF/, '')
}

function decodeAs(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * Every line of a table as spreadsheets write it, the header first: semicolons where French ones write it, commas or tabs
 * elsewhere. What cannot be read at all is said by its line.
 */
export function csvLines(text: string): CsvLine[] | { unreadable: number } {
  const [header = ''] = text.split(/\r?\n/, 1)
  const [delimiter] = [';', ',', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)
  try {
    const records = parse(text, {
      ...{ delimiter, info: true, relax_column_count: true, skip_empty_lines: true },
      ...{ skip_records_with_empty_values: true, max_record_size: 20_000 },
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return records.map(({ record, info }) => ({
      line: info.lines,
      cells: record.map((cell) => cleanText(cell).trim()),
    }))
  } catch (error) {
    if (error instanceof CsvError) return { unreadable: Number(error.lines) || 1 }
    throw error
  }
}

/** Its rows by the names of their columns, read without case; one without the wanted columns is another kind of file. */
export function readCsv(bytes: Uint8Array, wanted: readonly string[], most: number): ReadCsv {
  const no = (key: string, line = 1): ReadCsv => ({ ok: false, key: `works.csv.${key}`, line })
  const text = decode(bytes)
  if (text === null) return no('not_text')
  const lines = csvLines(text)
  if (!Array.isArray(lines)) return no('unreadable', lines.unreadable)
  const [head, ...rest] = lines
  const columns = head?.cells.map((name) => name.toLowerCase()) ?? []
  if (!wanted.every((name) => columns.includes(name))) return no('other_file')
  if (rest.length > most) return no('too_many', most + 2)
  return {
    ok: true,
    rows: rest.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])),
    })),
  }
}

/** A table for a spreadsheet: a text that it would take for a formula stays one. */
export function csvText(rows: readonly CsvCells[]): string {
  // With the mark of its encoding, or the accents are read wrong.
  return `\uFEFF${csvRows(rows)}`
}

/** Of a table that is written piece by piece. */
export function csvRows(rows: readonly CsvCells[]): string {
  return rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('')
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvFile(text: string, name: string): Response {
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
