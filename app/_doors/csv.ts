import { CsvError, parse } from 'csv-parse/sync'
import { decode } from '#app/directory/import-file.ts'
import { cleanText } from './text.ts'

export type CsvRow = { line: number; cells: Record<string, string> }
export type ReadCsv = { ok: true; rows: CsvRow[] } | { ok: false; key: string; line: number }

/**
 * A table with a header, as spreadsheets write it: comma, semicolon or tab, UTF-8 or Windows-1252. Column names are read without
 * case; what is not wanted is left out, and a file without the wanted ones is another kind of file.
 */
export function readCsv(bytes: Uint8Array, wanted: readonly string[], most: number): ReadCsv {
  const text = decode(bytes)
  if (text === null) return { ok: false, key: 'works.csv.not_text', line: 1 }
  const [header = ''] = text.split(/\r?\n/, 1)
  const delimiter = [';', ',', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0] ?? ';'
  try {
    const records = parse(text, {
      ...{ delimiter, info: true, relax_column_count: true, skip_empty_lines: true },
      ...{ skip_records_with_empty_values: true, max_record_size: 20_000 },
    }) as unknown as { record: string[]; info: { lines: number } }[]
    const [head, ...rest] = records
    const columns = head?.record.map((name) => name.trim().toLowerCase()) ?? []
    if (!wanted.every((name) => columns.includes(name)))
      return { ok: false, key: 'works.csv.other_file', line: 1 }
    if (rest.length > most) return { ok: false, key: 'works.csv.too_many', line: most + 2 }
    return {
      ok: true,
      rows: rest.map(({ record, info }) => ({
        line: info.lines,
        cells: Object.fromEntries(columns.map((name, at) => [name, cleanText(record[at] ?? '').trim()])),
      })),
    }
  } catch (error) {
    if (error instanceof CsvError)
      return { ok: false, key: 'works.csv.unreadable', line: Number(error.lines) || 1 }
    throw error
  }
}
